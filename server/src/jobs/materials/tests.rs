//! Reading the files of materials, with the programs that it takes: `make test` installs them.

use super::{one, pdf};
use crate::jobs::media::sandbox::{Limits, Sandbox, Stop, Watch};
use crate::materials::tests::{Shelf, pdf_of};
use crate::router::State;
use app::materials::file::{FileKind, MOST_PAGES, Unread};
use app::recordings::jobs::model::Why;
use sqlx::PgPool;
use std::io::{Cursor, Write};
use std::time::Duration;
use tokio::sync::watch;
use zip::write::SimpleFileOptions;

/// One page, whose password is "hemligt": `qpdf --encrypt hemligt hemligt 256 -- page.pdf locked.pdf`.
pub(crate) const LOCKED: &[u8] = include_bytes!("examples/locked.pdf");

fn zipped(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in files {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(text.as_bytes()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

impl Shelf {
    /// As a process that nobody tells to stop.
    async fn work(&self) {
        let (_stop, stopped) = watch::channel(false);
        let there = &self.site.state;
        let state = State::new((*there.config).clone(), there.services.clone(), stopped);
        while one(&state).await.unwrap() {}
    }

    /// How the reading of the material's file stands.
    async fn reading(&self) -> (String, Option<Unread>) {
        let (state, why): (String, Option<String>) =
            sqlx::query_as("select state, why from material_readings where material_id = $1")
                .bind(self.material)
                .fetch_one(&self.site.pool)
                .await
                .unwrap();
        (state, why.map(|why| Unread::parse(&why).unwrap()))
    }

    async fn parts(&self) -> Vec<(Option<i32>, String)> {
        sqlx::query_as("select page, text from material_texts order by part")
            .fetch_all(&self.site.pool)
            .await
            .unwrap()
    }

    async fn facts(&self) -> (Option<i32>, Option<String>) {
        sqlx::query_as("select pages, language from material_files where material_id = $1")
            .bind(self.material)
            .fetch_one(&self.site.pool)
            .await
            .unwrap()
    }

    /// A file has come, and has been read.
    async fn reads(&self, kind: FileKind, bytes: &[u8]) -> (String, Option<Unread>) {
        self.comes(kind, bytes).await;
        assert_eq!(self.reading().await, ("waiting".to_owned(), None));
        self.work().await;
        assert_eq!(self.folders(), 0, "nothing is left behind");
        self.reading().await
    }

    fn folders(&self) -> usize {
        let work = self.site.folder.path().join("uploads/work");
        std::fs::read_dir(work).map(Iterator::count).unwrap_or_default()
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn the_text_of_a_pdf_is_read_page_by_page(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let text = "Det här är en rapport om att leda, och att det inte är lätt för alla.";
    let pages = [text, "Medborgarverkstad i Umeå", "", "3"];
    assert_eq!(shelf.reads(FileKind::Pdf, &pdf_of(&pages)).await, ("done".into(), None));
    let parts = shelf.parts().await;
    assert_eq!(
        parts,
        [(Some(1), text.to_owned()), (Some(2), "Medborgarverkstad i Umeå".to_owned())],
        "an empty page and a page number are no text"
    );
    assert_eq!(shelf.facts().await, (Some(4), Some("sv".into())));
    // What takes its place takes its text along.
    let other = shelf.reads(FileKind::Pdf, &pdf_of(&["A report of the work"])).await;
    assert_eq!(other, ("done".into(), None));
    assert_eq!(shelf.parts().await, [(Some(1), "A report of the work".to_owned())]);
    assert_eq!(shelf.facts().await, (Some(1), None), "too few words to tell");
}

#[sqlx::test(migrations = "../migrations")]
async fn what_cannot_be_read_says_why(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let failed = |why| ("failed".to_owned(), Some(why));
    assert_eq!(shelf.reads(FileKind::Pdf, LOCKED).await, failed(Unread::Locked));
    let broken = b"%PDF-1.7\nnothing\n%%EOF";
    assert_eq!(shelf.reads(FileKind::Pdf, broken).await, failed(Unread::Unreadable));
    // Pages of pictures: lines are drawn, and nothing is written.
    let pictures = shelf.reads(FileKind::Pdf, &pdf_of(&["", "", ""])).await;
    assert_eq!(pictures, ("done".into(), Some(Unread::NoText)));
    assert_eq!(shelf.facts().await.0, Some(3));
    assert!(shelf.parts().await.is_empty());
    let key = shelf.comes(FileKind::Pdf, &pdf_of(&["Text"])).await;
    shelf.site.state.media.remove(&key).await.unwrap();
    shelf.work().await;
    assert_eq!(shelf.reading().await, failed(Unread::Gone));
    let bomb = zipped(&[
        ("[Content_Types].xml", ""),
        ("word/document.xml", &format!("<a>{}</a>", " ".repeat(70 << 20))),
    ]);
    assert!(bomb.len() < 1 << 20, "{}", bomb.len());
    assert_eq!(shelf.reads(FileKind::Docx, &bomb).await, failed(Unread::Swollen));
    for xml in [
        "<!DOCTYPE a [<!ENTITY b \"c\">]><w:p><w:t>&b;</w:t></w:p>",
        "<w:p><w:t>&b;</w:t></w:p>",
        "<w:p></w:t></w:p>",
    ] {
        let file = zipped(&[("[Content_Types].xml", ""), ("word/document.xml", xml)]);
        assert_eq!(shelf.reads(FileKind::Docx, &file).await, failed(Unread::Unreadable), "{xml}");
    }
}

#[sqlx::test(migrations = "../migrations")]
async fn of_five_thousand_pages_the_first_are_read(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let pages: Vec<String> = (1..=5_000).map(|page| format!("Uppslag nummer{page}")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    let read = shelf.reads(FileKind::Pdf, &pdf_of(&pages)).await;
    assert_eq!(read, ("done".into(), Some(Unread::Part)));
    assert_eq!(shelf.facts().await.0, Some(5_000));
    let parts = shelf.parts().await;
    assert_eq!(parts.len(), MOST_PAGES);
    assert_eq!(parts.last().unwrap(), &(Some(2_000), "Uppslag nummer2000".to_owned()));
    let held: i64 = sqlx::query_scalar(
        "select count(*) from material_documents where everything @@ 'nummer2000' and not everything @@ 'nummer2001'",
    )
    .fetch_one(&shelf.site.pool)
    .await
    .unwrap();
    assert_eq!(held, 1);
}

/// A page that draws a form, which draws another ten times, which draws another ten times, and so on: three kilobytes
/// that come to a million lines.
fn swelling() -> Vec<u8> {
    let mut objects = vec![
        b"<</Type/Catalog/Pages 2 0 R>>".to_vec(),
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>".to_vec(),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 50000 50000]/Contents 12 0 R/Resources<</XObject<</X 11 0 R>>>>>>".to_vec(),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>".to_vec(),
    ];
    let form = |resources: &str, text: &str| {
        format!(
            "<</Type/XObject/Subtype/Form/BBox[0 0 50000 50000]/Resources<<{resources}>>/Length {}>>\nstream\n{text}\nendstream",
            text.len()
        )
        .into_bytes()
    };
    objects.push(form("/Font<</F 4 0 R>>", "BT /F 4 Tf 10 10 Td (en rad med ord utan slut) Tj ET"));
    for level in 0..6_i32 {
        let ten: String = (0..10)
            .map(|at| format!("q 1 0 0 1 {} {} cm /X Do Q ", at * 70, at * level * 7))
            .collect();
        objects.push(form(&format!("/XObject<</X {} 0 R>>", level + 5), &ten));
    }
    objects.push(b"<</Length 5>>\nstream\n/X Do\nendstream".to_vec());
    crate::materials::tests::written(&objects)
}

#[test]
fn a_pdf_that_swells_is_ended() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("swelling.pdf");
    let bytes = swelling();
    assert!(bytes.len() < 5_000);
    std::fs::write(&path, bytes).unwrap();
    let sandbox = Sandbox { folder: folder.path().to_owned(), watch: Watch::default() };
    let limits =
        Limits { cpu: Duration::from_secs(2), wall: Duration::from_secs(60), ..pdf::LIMITS };
    let read = pdf::read_within(&sandbox, &std::fs::File::open(&path).unwrap(), &limits);
    assert!(
        matches!(read, Err(Stop::Failed(Why::TooLong | Why::Swollen | Why::Memory))),
        "{read:?}"
    );
}

#[sqlx::test(migrations = "../migrations")]
async fn texts_slides_and_sheets_of_office_are_read(pool: PgPool) {
    let shelf = Shelf::new(pool).await;
    let types = ("[Content_Types].xml", "<Types/>");
    let docx = zipped(&[
        types,
        (
            "word/document.xml",
            "<w:document><w:p><w:r><w:t>Inno</w:t></w:r><w:r><w:t>vation &amp; lek</w:t></w:r><w:tab/></w:p>\
             <w:p><w:t>Kap&#229;n</w:t><w:br/><w:t>två</w:t><w:instrText>PAGEREF</w:instrText></w:p></w:document>",
        ),
    ]);
    assert_eq!(shelf.reads(FileKind::Docx, &docx).await, ("done".into(), None));
    assert_eq!(shelf.parts().await, [(None, "Innovation & lek Kapån två".to_owned())]);
    assert_eq!(shelf.facts().await.0, None);

    // Ten comes after two.
    let slide = |text: &str| format!("<p:sld><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>");
    let (one, two, ten) = (slide("Ett"), slide("Två"), slide("Tio"));
    let pptx = zipped(&[
        types,
        ("ppt/presentation.xml", ""),
        ("ppt/slides/slide10.xml", &ten),
        ("ppt/slides/slide2.xml", &two),
        ("ppt/slides/slide1.xml", &one),
    ]);
    assert_eq!(shelf.reads(FileKind::Pptx, &pptx).await, ("done".into(), None));
    let said = [(Some(1), "Ett".into()), (Some(2), "Två".into()), (Some(3), "Tio".to_owned())];
    assert_eq!(shelf.parts().await, said);
    assert_eq!(shelf.facts().await.0, Some(3));

    let odp = zipped(&[
        ("mimetype", "application/vnd.oasis.opendocument.presentation"),
        (
            "content.xml",
            "<office:presentation><draw:page><text:p>Ett<text:s/>två</text:p></draw:page>\
             <draw:page></draw:page><draw:page><text:h><text:span>Sist</text:span></text:h>\
             <svg:title>nej</svg:title></draw:page></office:presentation>",
        ),
    ]);
    assert_eq!(shelf.reads(FileKind::Odp, &odp).await, ("done".into(), None));
    let said = [(Some(1), "Ett två".to_owned()), (Some(3), "Sist".to_owned())];
    assert_eq!(shelf.parts().await, said);
    assert_eq!(shelf.facts().await.0, Some(3));

    let xlsx = zipped(&[
        types,
        ("xl/workbook.xml", ""),
        (
            "xl/sharedStrings.xml",
            "<sst><si><t>Kommun</t></si><si><r><t>Invå</t></r><r><t>nare</t></r></si></sst>",
        ),
    ]);
    assert_eq!(shelf.reads(FileKind::Xlsx, &xlsx).await, ("done".into(), None));
    assert_eq!(shelf.parts().await, [(None, "Kommun Invånare".to_owned())]);
    let figures = zipped(&[types, ("xl/workbook.xml", "")]);
    let read = shelf.reads(FileKind::Xlsx, &figures).await;
    assert_eq!(read, ("done".into(), Some(Unread::NoText)));
}
