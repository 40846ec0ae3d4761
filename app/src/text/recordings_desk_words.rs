//! The fixed texts of the organisers' side of recordings.

use super::table::table;

table! {
    /// Every fixed text of the organisers' side of recordings.
    RecordingsDeskWords;

    recordings: "Inspelningar", "Recordings";
    new: "Ny inspelning", "New recording";
    add: "Lägg till inspelning", "Add a recording";
    drafts: "Utkast", "Drafts";
    uncaptioned: "Publicerade utan granskade undertexter", "Published without reviewed captions";
    uncaptioned_lead: "De här behöver undertexter. Den som väntat längst står först.", "These need captions. What has waited longest comes first.";
    published: "Publicerade", "Published";
    published_one: "Publicerad", "Published";
    nothing: "Här samlas inspelningarna av det som du arrangerar. Börja med den första: du behöver bara veta vilken aktivitet den är från, filmen kan komma sedan.", "The recordings of what you organise are gathered here. Begin with the first one: all you need to know is which event it is of, the film can come later.";
    nothing_matches: "Ingen inspelning passar det du söker.", "No recording matches what you look for.";
    show_all: "Visa alla", "Show all";
    programme: "Program", "Programme";
    all_programmes: "Alla program", "All programmes";
    words: "Ord i titeln", "Words of the title";
    filter: "Visa", "Show";
    no_film: "film saknas", "no film yet";
    is_coming: "fil på väg", "file on its way";
    unread: "undertexterna är inte granskade", "the captions are not reviewed";
    missing: "undertexter saknas", "no captions";
    no_date: "inget datum är sagt", "no date was said";
    earlier: "Föregående sida", "Previous page";
    later: "Nästa sida", "Next page";
    pages: "Sidor", "Pages";

    event: "Aktivitet", "Event";
    choose_event: "Välj aktivitet", "Choose an event";
    new_lead: "Spara först vad det är. Sedan laddar du upp filmen, och inget syns för andra förrän du publicerar.", "Save first what it is. Then upload the film; nothing is seen by others until you publish.";
    make: "Spara utkastet", "Save the draft";
    facts: "Om inspelningen", "About the recording";
    note_sv: "Anmärkning", "Remark, in Swedish";
    note_en: "Anmärkning på engelska", "Remark, in English";
    note_hint: "Till exempel: de första minuterna saknas.", "For example: the first minutes are missing.";
    language: "Talat språk", "Spoken language";
    speakers: "Medverkande", "Speakers";
    speakers_are: "Medverkande är aktivitetens.", "The speakers are those of the event.";
    change_event: "Ändra aktiviteten", "Change the event";
    who_may_see: "Vem får se den", "Who may see it";
    open_to: "Får ses av", "Open to";
    may_embed: "Andra webbplatser får visa den", "Other sites may show it";
    may_embed_hint: "Bara det som alla får se kan visas på andra platser.", "Only what everybody may see can be shown elsewhere.";
    elsewhere: "Adress hos en annan tjänst", "Address with another provider";
    elsewhere_hint: "Om filmen ligger någon annanstans. Den visas som länk; inget skickas dit förrän tittaren säger ja.", "If the film lies elsewhere. It is shown as a link; nothing is sent there until the viewer says yes.";
    address_stays: "Adressen gjordes av titeln och ändras inte, så att länkar till den håller.", "The address was made of the title and does not change, so that links to it hold.";
    as_others_see: "Se sidan", "See the page";

    files: "Filer", "Files";
    no_files: "Inga filer än.", "No files yet.";
    file: "Fil", "File";
    role: "Vad den är", "What it is";
    length: "Längd", "Length";
    size: "Storlek", "Size";
    came: "Kom", "Came";
    made_here: "gjord här", "made here";
    remove_file: "Ta bort", "Remove";
    remove_file_sure: "Ja, ta bort filen", "Yes, remove the file";
    coming: "På väg hit", "On their way";
    coming_lead: "Välj samma fil igen i den webbläsare där du började, så fortsätter den där den var. Det går bra efter ett avbrott, en omstart eller en natt.", "Choose the same file again in the browser in which you began, and it goes on where it was. That works after a break, a restart or a night.";
    storing: "Allt har kommit och läggs på plats.", "All of it has come and is being put in place.";
    stop: "Avbryt och ta bort", "Stop and remove";

    upload: "Ladda upp", "Upload";
    choose_files: "Välj filer", "Choose files";
    as_role: "Vad det är", "What it is";
    by_kind: "Avgör efter filen: film, ljud eller bilder", "Decide by the file: film, sound or slides";
    role_original: "Filmen eller ljudet som den är", "The film or the sound as it is";
    role_audio: "Ljudversion", "Sound alone";
    role_described: "Version med syntolkning", "Version with audio description";
    role_signed: "Version på teckenspråk", "Version in sign language";
    role_slides: "Bilderna från föredraget (PDF)", "The slides (PDF)";
    files_hint: "Film, ljud eller PDF. Flera filer skickas en i taget. En ny film tar den gamlas plats.", "Film, sound or PDF. Several files are sent one after the other. A new film takes the place of the old one.";
    without_script: "Uppladdning i flera steg behöver JavaScript. Utan det kan en fil skickas hel här nedanför, eller med ett program som talar tus 1.0 till adressen", "Uploading in several steps needs JavaScript. Without it a file can be sent whole below, or by a program that speaks tus 1.0 to the address";
    send_whole: "Skicka filen hel", "Send the file whole";
    send: "Skicka", "Send";

    publishing: "Publicera", "Publish";
    film: "Film eller ljud", "Film or sound";
    captions: "Granskade undertexter på det talade språket", "Reviewed captions in the spoken language";
    poster: "Startbild", "First picture";
    known: "känd", "known";
    is_there: "finns", "is there";
    is_elsewhere: "hos en annan tjänst", "with another provider";
    is_missing: "saknas", "is missing";
    is_unread: "finns, men ingen har granskat dem", "are there, but nobody has reviewed them";
    needs_film: "Ladda upp en film, eller skriv adressen där den ligger. Sedan går det att publicera.", "Upload a film, or write the address where it lies. Then it can be published.";
    is_ready: "Allt som behövs finns.", "All that is needed is there.";
    without_captions: "Utan granskade undertexter går det att publicera om du säger varför, och när de kommer. Det står på inspelningens sida, och den finns i din lista tills de är på plats.", "Without reviewed captions it can be published if you say why, and when they come. That stands on the page of the recording, and it stays on your list until they are in place.";
    law: "Vad lagen säger", "What the law says";
    law_text: "Lagen (2018:1937) om tillgänglighet till digital offentlig service kräver att inspelad film på offentliga aktörers webbplatser är tillgänglig, och det är den inte utan undertexter. Direktsändningar är undantagna, men en inspelning som ligger kvar ska göras tillgänglig utan onödigt dröjsmål. Något fast antal dagar finns inte enligt Digg.", "The Swedish act (2018:1937) on accessibility of digital public services asks that recorded films on public bodies' sites are accessible, which they are not without captions. Live broadcasts are exempt, but a recording that stays has to be made accessible without undue delay. There is no fixed number of days, according to Digg, the agency that supervises this.";
    reason: "Varför undertexterna inte är klara", "Why the captions are not ready";
    reason_hint: "En eller två meningar. De läses av alla som får se inspelningen.", "One or two sentences. All who may see the recording read them.";
    captions_by: "De är klara senast", "They are ready by";
    publish: "Publicera", "Publish";
    publish_so: "Publicera utan undertexter", "Publish without captions";
    say_anew: "Spara skälet och datumet", "Save the reason and the date";
    withdraw: "Ta tillbaka", "Take it back";
    withdraw_means: "Den blir ett utkast igen och syns bara för arrangörerna.", "It becomes a draft again, and only its organisers see it.";

    figures: "Hur den ses", "How it is watched";
    too_few: "Färre än sex visningar än. Siffror för så få visas inte: de kunde avslöja vem.", "Fewer than six viewings so far. Figures of so few are not shown: they could tell who.";
    nobody_in_it: "Det som räknas är visningar, inte personer. Ingen kan se vem som har tittat.", "What is counted are viewings, not people. Nobody can see who has watched.";
    views: "Visningar", "Viewings";
    minutes: "Minuter", "Minutes";
    views_over_time: "Visningar, sammanlagt", "Viewings in all";
    minutes_over_time: "Minuter, sammanlagt", "Minutes in all";
    where_they_stop: "Hur långt man ser", "How far people watch";
    share: "Andel av visningarna", "Share of the viewings";
    from: "Från och med", "From";
    at: "Vid", "At";
    as_table: "Samma siffror som tabell", "The same figures as a table";
    beginning: "början", "beginning";
    end: "slut", "end";
    now: "nu", "now";

    remove: "Ta bort inspelningen", "Remove the recording";
    remove_means: "Sidan, filerna, undertexterna, kapitlen och statistiken försvinner för alltid. Vill du bara dölja den, ta tillbaka den i stället.", "The page, the files, the captions, the chapters and the figures are gone for good. If you only want to hide it, take it back instead.";
    remove_sure: "Jag vill ta bort den för alltid", "I want to remove it for good";
    remove_yes: "Ta bort för alltid", "Remove for good";

    // Said by what sends files; words in braces are filled in.
    queued: "Väntar på sin tur", "Waits for its turn";
    starting: "Förbereds", "Is being prepared";
    sending: "{sent} av {whole}, {left} kvar", "{sent} of {whole}, {left} left";
    paused: "Pausad vid {sent} av {whole}", "Paused at {sent} of {whole}";
    waiting: "Nätet eller servern svarar inte. Försöker igen av sig själv; {sent} har kommit fram.", "The network or the server does not answer. It is tried again by itself; {sent} has arrived.";
    given_up: "Det har inte gått på en lång stund. {sent} har kommit fram och finns kvar.", "It has not worked for a long while. {sent} has arrived and is kept.";
    done: "Klar", "Done";
    stopped: "Avbruten och borttagen", "Stopped and removed";
    not_stopped: "Det gick inte att ta bort den nu. Försök igen.", "It could not be removed now. Try again.";
    resumed: "Fortsätter från {sent}", "Goes on from {sent}";
    percent: "{name}: {percent} procent", "{name}: {percent} per cent";
    pause: "Pausa", "Pause";
    go_on: "Fortsätt", "Go on";
    again: "Försök igen", "Try again";
    cancel: "Avbryt", "Stop";
    put_aside: "Ta bort ur listan", "Take off the list";
    seconds: "{n} s", "{n} s";
    about_minutes: "{n} min", "{n} min";
    about_hours: "{n} tim", "{n} h";
}
