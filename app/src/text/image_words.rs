//! The fixed texts of the form of a picture.

use super::table::table;

table! {
    /// Every fixed text of the form of a picture.
    ImageWords;

    picture: "Bild", "Picture";
    portrait: "Porträtt", "Portrait";
    portraits: "Porträtt av dem som medverkar", "Portraits of those who speak";
    has_portrait: "har ett", "has one";
    file: "Välj en bild", "Choose a picture";
    another_file: "Välj en annan bild", "Choose another picture";
    file_hint: "JPEG, PNG eller WebP, högst 10 MB. Bilden görs mindre, och allt som står i filen utöver bilden tas bort: plats, kamera, namn.", "JPEG, PNG or WebP, at most 10 MB. The picture is made smaller, and all that stands in the file beside the picture is taken out: place, camera, names.";
    alt_sv: "Vad bilden visar", "What the picture shows, in Swedish";
    alt_en: "Vad bilden visar, på engelska", "What the picture shows, in English";
    alt_hint: "Läses upp för den som inte ser bilden.", "Read to those who do not see the picture.";
    decorative: "Bilden är bara utsmyckning och behöver ingen beskrivning", "The picture is decoration only and needs no description";
    save: "Spara bilden", "Save the picture";
    remove: "Ta bort bilden", "Remove the picture";
    not_saved: "Bilden är inte sparad än. Om du hade valt en fil behöver du välja den igen.", "The picture is not saved yet. If you had chosen a file, choose it again.";
}
