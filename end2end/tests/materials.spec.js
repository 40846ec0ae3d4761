import { expect, test } from '../support/test.js';
import { complaints } from '../support/axe.js';

const groups = (page) => page.locator('.mats-group').getByRole('heading', { level: 2 });
const titles = (page) => page.locator('.mats-group li > p:first-child');
const choice = (page, name) => page.locator('.filter').getByRole('link', { name, exact: true });

async function shelf(db) {
  const programme = await db.programme({ title_sv: 'Hyllans program' });
  const theme = await db.theme('Hylltema', 'Shelf theme');
  const put = async (position, kind, title, fields = {}) => {
    const row = await db.insert('materials', { programme_id: programme.id, position, kind, title, ...fields });
    await db.insert('material_themes', { material_id: row.id, theme_id: theme.id });
    return row;
  };
  await put(0, 'report', 'Rapport om hyllor', { url: 'https://example.org/rapport', municipality_code: '2480', about_sv: 'Om innovationsledning.', about_en: 'About leading.' });
  await put(1, 'report', 'Senare rapport', { is_announced: true });
  await put(2, 'thesis', 'Avhandling om bord', { municipality_code: '0180' });
  return { programme, theme };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('materials are chosen by theme, kind and municipality, and searched', async ({ page, site }) => {
      const { theme } = await shelf(site.db);
      await page.goto(`/materials?theme=${theme.slug}`);
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('Material');
      await expect(groups(page)).toHaveText(['Rapporter', 'Avhandlingar']);
      await expect(titles(page)).toHaveText(['Rapport om hyllor', 'Senare rapport Kommer senare', 'Avhandling om bord']);
      await expect(page.getByRole('link', { name: 'Rapport om hyllor' })).toHaveAttribute('href', 'https://example.org/rapport');
      await choice(page, 'Avhandlingar 1').click();
      await expect(page).toHaveURL(/kind=thesis/);
      await expect(titles(page)).toHaveText(['Avhandling om bord']);
      await choice(page, 'Avhandlingar 1').click();
      await expect(titles(page)).toHaveCount(3);
      await choice(page, 'Umeå 1').click();
      await expect(titles(page)).toHaveText(['Rapport om hyllor']);
      await page.getByRole('searchbox').fill('ledning');
      await page.getByRole('button', { name: 'Sök' }).click();
      await expect(page).toHaveURL(/q=ledning/);
      await expect(titles(page)).toHaveText(['Rapport om hyllor']);
      await page.goto(`/materials?theme=${theme.slug}&q=finnsinte`);
      await expect(page.getByText('Inget material passar det du söker.')).toBeVisible();
      await page.locator('.mats-list').getByRole('link', { name: 'Rensa filter' }).click();
      await expect(page).toHaveURL(/\/materials$/);
    });
  });
}

test('the demonstration has them all, each with a theme, in English too', async ({ page, site }) => {
  const count = await site.db.value("select count(*) from materials m left join events e on e.id = m.event_id where e.state is distinct from 'draft'");
  await page.goto('/en/materials');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Materials');
  await expect(page.locator('.mats-list').getByRole('status')).toHaveText(`${count} documents and links`);
  await expect(page.locator('.filter').getByRole('heading', { name: 'Theme' })).toBeAttached();
});

test('a kept page falls when a material changes', async ({ site }) => {
  const { theme } = await shelf(site.db);
  const read = async () => (await site.server.raw(`/materials?theme=${theme.slug}`)).text;
  expect(await read()).toContain('Rapport om hyllor');
  await site.db.sql("update materials set title = 'Rapport om lådor' where title = 'Rapport om hyllor'");
  await expect.poll(read).toContain('Rapport om lådor');
  await site.db.sql('delete from material_themes where theme_id = $1', [theme.id]);
  await expect.poll(read).toContain('Inget material passar');
});

for (const lang of ['sv', 'en']) {
  test(`nothing is wrong with it, narrow and wide, light and dark, in ${lang}`, async ({ page, open }) => {
    await open(lang === 'en' ? '/en/materials?kind=report' : '/materials');
    expect(await complaints(page, lang)).toEqual([]);
  });
}
