import { expect, test } from '../support/test.js';
import { signIn } from '../support/account.js';
import { unique } from '../support/database.js';
import { complaints } from '../support/axe.js';
import { files, recording } from '../support/recordings.js';

const field = (page) => page.getByLabel('Sök i allt som har sagts');
const hits = (page) => page.locator('.found-hits > li');
const options = (page) => page.getByRole('option');

// Their recordings are rows alone.
test.beforeEach(({ context }) => files(context));

/** Two recordings in which a word is said that nothing else has; `word` is made of letters alone. */
async function spoken(db, fields = {}) {
  // Chance alone: what resembles a word that is looked for would be offered in its place.
  const word = Array.from({ length: 14 }, () => 'abdefgiklmnoprstuv'[Math.floor(Math.random() * 18)]).join('');
  const cues = [[0, 3_000, 'Välkomna hit.'], [3_000, 6_000, `Så kan ${word}`], [6_000, 9_000, 'bli till nytta.'], [9_000, 12_000, 'Tack för i dag.']];
  const one = await recording(db, { title: `Första om ${word}`, cues: { sv: cues }, ...fields });
  const other = await recording(db, { title: 'Andra samtalet', cues: { sv: [[61_000, 64_000, `Vi behöver ${word}splanering i kommunerna.`]] }, ...fields });
  return { word, one, other };
}

for (const javaScriptEnabled of [true, false]) {
  test.describe(javaScriptEnabled ? 'with script' : 'without script', () => {
    test.use({ javaScriptEnabled });

    test('a word that was said is found, and the sentence leads to where it was said', async ({ page, site }) => {
      const { word, one, other } = await spoken(site.db);
      await page.goto('/recordings');
      await field(page).fill(word);
      await page.getByRole('button', { name: 'Sök', exact: true }).click();
      await expect(page).toHaveURL(new RegExp(`/recordings\\?q=${word}`));
      await expect(page.getByRole('heading', { name: `2 inspelningar med ”${word}”` })).toBeVisible();
      await expect(hits(page).getByRole('heading')).toHaveText([one.title, other.title]);
      await expect(field(page)).toHaveValue(word);
      const sentence = hits(page).first().locator('.found-said a');
      await expect(sentence).toContainText(`Så kan ${word} bli till nytta.`);
      await expect(sentence.locator('mark')).toHaveText(word);
      await expect(hits(page).nth(1).locator('mark')).toHaveText(`${word}splanering`);
      await expect(hits(page).nth(1).locator('.found-said .num')).toContainText('1:01');
      await hits(page).nth(1).locator('.found-said a').click();
      await expect(page).toHaveURL(`${other.path}?t=61`);
    });

    test('a slip is understood, and nothing found offers a way on', async ({ page, site }) => {
      const { word, one } = await spoken(site.db);
      const slip = `${word.slice(0, 6)}${word.slice(7)}`;
      await page.goto(`/recordings?q=${slip}`);
      await expect(page.locator('.found-nearly')).toContainText('Menade du');
      await expect(hits(page).getByRole('heading').first()).toBeVisible();
      await page.goto(`/recordings?q=${word}+zzqqxxyy`);
      await expect(page.locator('#found')).toHaveText(`Ingen inspelning innehåller ”${word} zzqqxxyy”.`);
      await page.locator('.found-ways').getByRole('link', { name: word }).click();
      await expect(hits(page).getByRole('heading').first()).toHaveText(one.title);
      await page.goto('/recordings?q=och+att');
      await expect(page.locator('#found')).toContainText('så vanliga');
    });
  });
}

test('what is chosen beside the search stays chosen, and nothing found there offers all', async ({ page, site }) => {
  const { word } = await spoken(site.db);
  await page.goto('/recordings?year=1999');
  await field(page).fill(word);
  await field(page).press('Enter');
  await expect(page).toHaveURL((url) => url.searchParams.get('q') === word && url.searchParams.get('year') === '1999');
  await page.getByRole('link', { name: 'Visa de 2 träffar som finns utan filter' }).click();
  await expect(hits(page)).toHaveCount(2);
});

test('the choices beside what was found have the figures of what they find, for who looks', async ({ page, site, open }) => {
  const { word, one } = await spoken(site.db);
  await site.db.sql("update recordings set language = 'en' where id = $1", [one.id]);
  await recording(site.db, { title: 'Stängd', open_to: 'signed_in', cues: { sv: [[0, 1_000, `Om ${word} igen.`]] } });
  const choices = page.locator('.filter');
  await open(`/recordings?q=${word}`);
  await expect(hits(page)).toHaveCount(2);
  await expect(choices.getByRole('link', { name: /^Svenska 1$/ })).toBeVisible();
  await expect(choices.getByRole('link', { name: /^Engelska 1$/ })).toBeVisible();
  await choices.getByRole('link', { name: /^Engelska 1$/ }).click();
  await expect(page).toHaveURL(`/recordings?q=${word}&language=en`);
  await expect(hits(page).getByRole('heading')).toHaveText([one.title]);
  // Its neighbour is still counted beside it, and what was chosen can be taken back.
  await expect(choices.getByRole('link', { name: /^Svenska 1$/ })).toBeVisible();
  await choices.getByRole('link', { name: /^Engelska 1$/ }).click();
  await expect(hits(page)).toHaveCount(2);

  await signIn(page, site, `${unique('seer')}@exempel.se`);
  await page.goto(`/recordings?q=${word}`);
  await expect(hits(page)).toHaveCount(3);
  await expect(choices.getByRole('link', { name: /^Svenska 2$/ })).toBeVisible();
});

test('a page asks for what it shows once, and carries nothing else', async ({ site }) => {
  const { word, one } = await spoken(site.db);
  const server = await site.another({ STAFETT_LOG: 'info,sqlx::query=debug' });
  /** What one page asks the database, by the first words of each question. What the process does by itself is not in it. */
  const asked = async (path) => {
    const before = server.log.length;
    const { status, text } = await server.raw(path);
    expect(status, path).toBe(200);
    const lines = server.log.slice(before).split('\n').map((line) => line.replace(/\u001b\[[0-9;]*m/g, ''));
    const count = (part) => lines.filter((line) => line.includes('sqlx::query') && line.includes(part)).length;
    return { text, list: count('with themed as'), found: count('search_found('), choices: count('search_counts(') };
  };
  expect(await asked('/recordings')).toMatchObject({ list: 1, found: 0, choices: 0 });
  const hitsPage = await asked(`/recordings?q=${word}`);
  expect(hitsPage).toMatchObject({ list: 0, found: 1, choices: 1 });
  // What the client takes over with: the hits, and not the newest recordings beside them.
  expect(hitsPage.text).toContain(one.slug);
  expect(hitsPage.text).not.toMatch(/"Newest|\\"Newest/);
  expect(hitsPage.text).toMatch(/"Found|\\"Found/);
});

test('suggestions: by keyboard alone, one question at a time', async ({ page, site, open }) => {
  const { word, one } = await spoken(site.db);
  await open('/recordings');
  let asking = 0;
  let most = 0;
  const is = (request) => new URL(request.url()).pathname === '/api/recordings/suggest';
  page.on('request', (request) => is(request) && (most = Math.max(most, (asking += 1))));
  page.on('requestfinished', (request) => is(request) && (asking -= 1));
  await page.route('**/api/recordings/suggest*', async (route) => {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await route.continue();
  });
  const box = page.getByRole('combobox', { name: 'Sök i allt som har sagts' });
  await expect(box).toHaveAttribute('aria-expanded', 'false');
  await box.pressSequentially(word.slice(0, 8), { delay: 220 });
  await expect(options(page).first()).toBeVisible();
  expect(most).toBe(1);
  await expect(box).toHaveAttribute('aria-expanded', 'true');
  await expect(options(page).filter({ hasText: one.title })).toContainText('Inspelning');
  await expect(options(page).filter({ hasText: `${word}splanering` })).toContainText('Sökord');
  await box.press('ArrowDown');
  await expect(options(page).first()).toHaveAttribute('aria-selected', 'true');
  await expect(box).toHaveAttribute('aria-activedescendant', await options(page).first().getAttribute('id'));
  await expect(box).toBeFocused();
  await box.press('Escape');
  await expect(options(page)).toHaveCount(0);
  await expect(box).toHaveValue(word.slice(0, 8));
  await box.press('ArrowDown');
  await box.press('Enter');
  await expect(page).toHaveURL(one.path);
});

test('a suggestion is taken by a click', async ({ page, site, open }) => {
  const { word } = await spoken(site.db);
  await open('/recordings');
  await field(page).fill(`${word}spla`);
  await options(page).filter({ hasText: `${word}splanering` }).click();
  await expect(page).toHaveURL(`/recordings?q=${word}splanering`);
  await expect(hits(page)).toHaveCount(1);
  await expect(options(page)).toHaveCount(0);
});

test('what is not for everybody shows nowhere', async ({ page, site }) => {
  const { word } = await spoken(site.db, { open_to: 'signed_in' });
  await page.goto(`/recordings?q=${word}`);
  await expect(page.locator('#found')).toHaveText(`Ingen inspelning innehåller ”${word}”.`);
  await expect(page.locator('main')).not.toContainText('Första om');
  const answer = await site.server.raw(`/api/recordings/suggest?lang=sv&typed=${word.slice(0, 8)}`);
  expect(JSON.parse(answer.text)).toEqual([]);
});

test('whatever is typed is answered', async ({ site }) => {
  for (const q of ["'", '"', '\\', '&|!()<->:*', '%00', '👩‍💻', '-', 'a <5> b', 'x'.repeat(6_000), "') or 1=1 --"]) {
    const answer = await site.server.raw(`/recordings?q=${q === '%00' ? q : encodeURIComponent(q)}`);
    expect(answer.status, q.slice(0, 20)).toBe(200);
  }
});

test('a kept page of hits falls when what was said changes', async ({ site }) => {
  const { word, other } = await spoken(site.db);
  const read = async () => (await site.server.raw(`/recordings?q=${word}`)).text;
  expect(await read()).toContain(other.slug);
  await site.db.sql("update recordings set state = 'draft', published_at = null where id = $1", [other.id]);
  // By its address: others that were made beside it have the same title, and stand among the newest.
  await expect.poll(async () => (await read()).includes(other.slug)).toBe(false);
});

for (const lang of ['sv', 'en']) {
  test(`nothing is wrong with what is found, nor with nothing found, in ${lang}`, async ({ page, site, open }) => {
    await files(page.context());
    const { word } = await spoken(site.db);
    const start = lang === 'en' ? '/en/recordings' : '/recordings';
    await open(`${start}?q=${word}`);
    expect(await complaints(page, lang)).toEqual([]);
    await open(`${start}?q=${word}+zzqqxxyy`);
    expect(await complaints(page, lang)).toEqual([]);
    await page.locator('#q').fill(word.slice(0, 7));
    await expect(options(page).first()).toBeVisible();
    expect(await complaints(page, lang)).toEqual([]);
  });
}
