//! The fixed texts of the pages of captions, chapters and slides' times, which only organisers load.

use super::Lang;
use super::table::table;

table! {
    /// Every fixed text of those pages.
    CaptionWords;

    texts: "Textning, kapitel och bilder", "Captions, chapters and slides";
    recording: "Inspelningen", "The recording";
    recordings: "Inspelningar", "Recordings";
    captions: "Textning", "Captions";
    chapters: "Kapitel", "Chapters";
    slides: "Bildernas tider", "Times of slides";
    none_yet: "Ingen textning än", "No captions yet";
    not_reviewed: "Inte granskad mot ljudet", "Not reviewed against the sound";
    edit: "Redigera", "Edit";
    upload: "Läs in en fil", "Read a file";
    upload_other: "Läs in en annan fil", "Read another file";
    upload_why: "WebVTT eller SRT. Du ser vad som står i filen innan något ersätts.", "WebVTT or SRT. You see what is in the file before anything is replaced.";
    file: "Fil med textning", "File with captions";
    look: "Visa vad som står i filen", "Show what is in the file";
    kind: "Vad textningen är", "What the captions are";
    kind_captions: "Allt som hörs, på det språk som talas", "All that is heard, in the language that is spoken";
    kind_subtitles: "En översättning av det som sägs", "A translation of what is said";
    export: "Ladda ner", "Download";
    as_text: "Text", "Text";

    // What would become of it
    preview: "Så här blir det", "What becomes of it";
    not_kept: "Det här följer inte med som det står", "What is not kept as it stands";
    line: "Rad", "Line";
    nothing_lost: "Allt i filen följer med.", "All of the file is kept.";
    replace: "Ersätt textningen", "Replace the captions";
    save_new: "Spara textningen", "Save the captions";
    save_change: "Spara ändringen", "Save the change";
    leave_it: "Låt det vara som det är", "Leave it as it is";
    replaces_review: "Den nya textningen räknas inte som granskad förrän någon har läst den mot ljudet.", "The new captions do not count as reviewed until somebody has read them against the sound.";
    first: "Först", "First";
    last: "Sist", "Last";

    // The editor
    plain: "Textningen som WebVTT", "The captions as WebVTT";
    plain_hint: "Tider som 00:01:02.003, en tom rad mellan textrutorna.", "Times like 00:01:02.003, an empty line between cues.";
    save: "Spara", "Save";
    save_anyway: "Spara ändå, utan det", "Save anyway, without that";
    mend: "Det går inte att spara så här. Rätta det som står nedan, eller spara utan det.", "It cannot be saved like this. Put right what stands below, or save without it.";
    all_cues: "Textrutor", "Cues";
    this_cue: "Textrutan", "The cue";
    words: "Text", "Words";
    words_hint: "Det som sägs, på en eller två rader.", "What is said, on one or two lines.";
    marks_hint: "Den här textrutan har märken, som <i> eller <v Namn>. De ändras i texten.", "This cue has marks, like <i> or <v Name>. They are changed in the text.";
    speaker: "Vem som talar", "Who speaks";
    start: "Börjar", "Begins";
    end: "Slutar", "Ends";
    now: "Nu", "Now";
    start_now: "Börjar nu", "Begins now";
    end_now: "Slutar nu", "Ends now";
    no_time: "Skriv tiden som 1:02,003 eller 0:01:02,003.", "Write the time as 1:02.003 or 0:01:02.003.";
    play: "Spela härifrån", "Play from here";
    pause: "Pausa", "Pause";
    previous: "Föregående", "Previous";
    next: "Nästa", "Next";
    next_fault: "Nästa anmärkning", "Next remark";
    remarks: "Anmärkningar", "Remarks";
    no_fault: "Det finns inget att anmärka på.", "There is nothing to remark on.";
    split: "Dela vid markören", "Split at the cursor";
    cannot_split: "Ställ markören mitt i texten där den ska delas.", "Put the cursor where the words are to be split.";
    merge: "Slå ihop med nästa", "Merge with the next";
    cannot_merge: "Det finns ingen nästa textruta som går att slå ihop med.", "There is no next cue to merge with.";
    insert: "Ny textruta", "New cue";
    delete: "Ta bort", "Delete";
    undo: "Ångra", "Undo";
    redo: "Gör om", "Redo";
    follow: "Följ med i filmen", "Follow the film";
    keys: "Kortkommandon", "Keyboard shortcuts";
    nothing_here: "Här finns inga textrutor än. Lägg till en, eller läs in en fil.", "There are no cues here yet. Add one, or read a file.";
    no_film: "Det finns ingen film att spela än.", "There is no film to play yet.";
    saving: "Sparar …", "Saving …";
    saved: "Sparat.", "Saved.";
    not_saved_yet: "Ändringar som inte är sparade", "Changes that are not saved";
    all_saved: "Allt är sparat", "All is saved";
    not_sent: "Det gick inte att spara. Det du har skrivit finns kvar här; försök igen.", "It could not be saved. What you have written is still here; try again.";
    mend_cue: "En textruta kan inte sparas så här. Du har kommit till den.", "A cue cannot be saved like this. You have been taken to it.";
    is_kept_here: "Det du har skrivit sparas i den här webbläsaren tills det är sparat på riktigt.", "What you have written is kept in this browser until it is saved for good.";
    draft: "Här finns ändringar som du inte sparade förra gången.", "Here are changes that you did not save last time.";
    take_draft: "Ta fram dem", "Take them up";
    drop_draft: "Släng dem", "Throw them away";
    changed: "Någon annan har sparat medan du skrev. Inget av ditt är borta.", "Somebody else saved while you were writing. Nothing of yours is gone.";
    differ: "Det här skiljer", "What differs";
    mine: "Ditt", "Yours";
    theirs: "Det som är sparat", "What is saved";
    keep_mine: "Spara min i stället", "Save mine instead";
    take_theirs: "Ta det som är sparat", "Take what is saved";
    same: "De två är lika.", "The two are the same.";

    // All cues at once
    all_at_once: "Ändra alla textrutor", "Change all cues";
    drift: "Flytta och sträck", "Move and stretch";
    drift_why: "Kommer texten för tidigt eller för sent, säg när en textruta börjar och när den borde börja. Glider den allt längre bort, säg det om en till.", "If the captions come too early or too late, say when a cue begins and when it should begin. If they drift further and further away, say so of one more.";
    a_from: "En textruta börjar nu", "A cue begins now at";
    a_to: "Den borde börja", "It should begin at";
    b_from: "En annan börjar nu", "Another begins now at";
    b_to: "Den borde börja", "It should begin at";
    may_be_empty: "(behövs bara om den glider)", "(only needed if it drifts)";
    this_ones: "Den valda textrutans tid", "The chosen cue's time";
    replace_words: "Sök och ersätt", "Find and replace";
    find: "Sök efter", "Find";
    put: "Ersätt med", "Replace with";
    whole: "Bara hela ord", "Whole words only";
    case: "Skilj på stora och små bokstäver", "Match capital letters";
    rename: "Byt namn på en talare", "Rename a speaker";
    from: "Namnet nu", "The name now";
    to: "Nytt namn", "New name";
    to_hint: "Lämna tomt för att ta bort namnet.", "Leave empty to take the name away.";
    show_first: "Visa vad som ändras", "Show what changes";
    do_it: "Gör det", "Do it";

    // Reviewing and taking away
    review: "Granskning", "Review";
    review_why: "När någon har läst textningen mot ljudet räknas den som granskad. Ändrar en maskin orden sedan gäller det inte längre.", "When somebody has read the captions against the sound they count as reviewed. If a machine changes the words afterwards, that holds no more.";
    i_have_read: "Jag har läst den här mot ljudet", "I have read this against the sound";
    take_back: "Den är inte granskad", "It is not reviewed";
    save_first: "Spara ändringarna först.", "Save the changes first.";
    remove: "Ta bort textningen", "Remove the captions";
    remove_sure: "Ja, ta bort all textning på det här språket", "Yes, remove all captions in this language";

    // Chapters
    chapters_why: "Varje kapitel har en tid och en rubrik. Rubriken på engelska behövs bara om den är en annan.", "Each chapter has a time and a title. The title in English is only needed where it differs.";
    chapter_start: "Tid", "Time";
    chapter_sv: "Rubrik", "Title in Swedish";
    chapter_en: "Rubrik på engelska", "Title in English";
    add_row: "Lägg till en rad", "Add a row";
    add_here: "Lägg till ett kapitel där filmen är", "Add a chapter where the film is";
    from_programme: "Ta kapitlen från programmet", "Take the chapters from the programme";
    began: "När i inspelningen programmet börjar", "When in the recording the programme begins";
    began_hint: "Till exempel 2:30. Började inspelningen tio minuter för sent, skriv -10:00.", "For example 2:30. If the recording began ten minutes late, write -10:00.";
    propose: "Visa kapitlen", "Show the chapters";
    chapters_file: "Läs in en kapitelfil", "Read a chapters file";
    file_of_chapters: "Fil med kapitel", "File with chapters";
    chapters_file_hint: "En WebVTT-fil med kapitel. Den ersätter raderna i formuläret, och inget sparas förrän du trycker på Spara.", "A WebVTT file of chapters. It replaces the rows of the form, and nothing is saved until you press Save.";
    proposal: "Förslag. Inget är sparat än.", "A proposal. Nothing is saved yet.";
    no_chapters: "Programmet gav inga kapitel som ligger inom inspelningen.", "The programme gave no chapters within the recording.";
    not_saved: "Det är inte sparat. Rätta det som står nedan.", "It is not saved. Put right what stands below.";
    row_gone: "Töm en rad för att ta bort den.", "Empty a row to remove it.";

    // Slides
    slides_why: "En rad för varje gång bilden byts: tiden, ett mellanslag och sidans nummer.", "A line for each change of slide: the time, a space and the number of the page.";
    slide_lines: "Tider och sidor", "Times and pages";
    slide_hint: "Till exempel 1:05 2. Listor från andra program går att klistra in.", "For example 1:05 2. Lists from other programs can be pasted.";
    open_slides: "Öppna bilderna", "Open the slides";
    no_slides: "Det finns inga bilder till den här inspelningen än.", "There are no slides for this recording yet.";
}

impl Lang {
    /// The fixed texts of the pages of captions, chapters and slides' times.
    #[must_use]
    pub const fn caption_words(self) -> &'static CaptionWords {
        match self {
            Self::Sv => &CaptionWords::SV,
            Self::En => &CaptionWords::EN,
        }
    }
}
