//! The fixed texts, both languages side by side.

use super::table::table;

table! {
    /// Every fixed text that participants read.
    Words;

    // The frame of every page
    skip: "Hoppa till innehållet", "Skip to the content";
    main_menu: "Huvudmeny", "Main menu";
    calendar: "Kalender", "Calendar";
    recordings: "Inspelningar", "Recordings";
    other_language: "English", "Svenska";
    demonstration: "Demonstration", "Demonstration";
    demonstration_more: ": den kommande säsongen är påhittad", ": the coming season is made up";
    reconnecting: "Kontakten bröts. Vi ansluter igen; det du ser kan vara några sekunder gammalt.", "The connection was lost. We are reconnecting; what you see may be a few seconds old.";
    loading: "Sidan hämtas", "The page is on its way";
    about_demonstration: "Stafett visar en demonstrationssäsong. Arkivet bygger på verkliga program, men ingen aktivitet framåt i tiden äger rum.", "Stafett is showing a demonstration season. The archive is built on real programmes, but no event ahead in time takes place.";
    about_site: "Stafett är kalendern för dem som lär av varandra om innovation i kommuner, regioner och myndigheter.", "Stafett is the calendar of those who learn from each other about innovation in municipalities, regions and agencies.";
    subscribe: "Prenumerera på kalendern", "Subscribe to the calendar";
    licence: "Fri programvara under EUPL 1.2", "Free software under EUPL 1.2";

    // Start page
    home_title: "Det som händer härnäst", "What happens next";
    home_description: "Seminarier, kurser och konferenser för dig som arbetar med innovation i kommun, region eller myndighet.", "Seminars, courses and conferences for those who work with innovation in municipalities, regions and agencies.";
    nothing_coming: "Just nu är inget planerat", "Nothing is planned right now";
    nothing_coming_why: "Nya aktiviteter visas här så snart de är klara. Bläddra gärna bland det som har varit.", "New events show here as soon as they are settled. Have a look at what has been.";
    coming: "På gång", "Coming up";
    whole_calendar: "Visa hela kalendern", "See the whole calendar";
    series_now: "Serier just nu", "Series right now";
    programmes: "Program", "Programmes";
    read_more: "Läs mer", "Read more";

    // Calendar
    leaf_through: "Bläddra i kalendern", "Leaf through the calendar";
    today: "Idag", "Today";
    today_small: "idag", "today";
    show_as: "Visa som", "Show as";
    jump_to_month: "Gå till månad", "Go to month";
    show: "Visa", "Show";
    filter: "Filter", "Filters";
    clear_filters: "Rensa filter", "Clear filters";
    search: "Sök", "Search";
    search_calendar: "Sök i kalendern", "Search the calendar";
    nothing_here: "Inga aktiviteter här", "No events here";
    nothing_matches: "Inget passar det du har valt", "Nothing matches what you have chosen";
    nearest_earlier: "Närmast före:", "Nearest before:";
    nearest_later: "Närmast efter:", "Nearest after:";
    nothing_planned: "Inget planerat", "Nothing planned";
    week: "Vecka", "Week";
    week_short: "v.", "wk.";
    days: "Dagar", "Days";
    go_on: "Visa senare dagar", "Show later days";
    show_fewer: "Visa färre", "Show fewer";
    continues: "fortsätter", "continues";
    all_day: "Hela dagen", "All day";
    full: "Fullt", "Full";
    full_with_line: "Fullt med väntelista", "Full with a waitlist";

    // States
    preliminary: "Preliminär", "Preliminary";
    preliminary_why: "Aktiviteten är preliminär. Tid och plats kan ändras.", "The event is preliminary. Time and place may change.";
    opens_later: "Anmälan öppnar senare", "Sign-up opens later";
    opens_unknown: "Anmälan öppnar längre fram", "Sign-up opens further on";
    cancelled: "Inställt", "Cancelled";
    is_cancelled: "Aktiviteten är inställd", "The event is cancelled";
    is_cancelled_why: "Den blir inte av. Du som var anmäld behöver inte göra något.", "It will not take place. If you were signed up you need do nothing.";
    held: "Har hållits", "Has been held";
    is_past: "Aktiviteten har varit", "The event is over";
    sign_up_closed: "Anmälan är stängd", "Sign-up is closed";
    sign_up_closed_why: "Hör av dig till kontaktpersonen om du har en fråga.", "Ask the contact person if you have a question.";

    // Event
    when: "När", "When";
    place: "Var", "Where";
    place_not_decided: "Inte bestämt än", "Not decided yet";
    price: "Pris", "Price";
    free: "Kostnadsfritt", "Free of charge";
    language: "Språk", "Language";
    speakers: "Talare", "Speakers";
    programme_of_event: "Program", "Programme";
    materials: "Material", "Materials";
    on_this_page: "På sidan", "On this page";
    how_to_take_part: "Så deltar du", "How to take part";
    how_to_get_there: "Så hittar du", "How to get there";
    questions: "Frågor?", "Questions?";
    ask: "Hör av dig till", "Get in touch with";
    contact: "Kontakt", "Contact";
    add_to_calendar: "Lägg till i kalendern", "Add to your calendar";
    back_to_event: "Tillbaka till aktiviteten", "Back to the event";
    announced: "kommer", "to come";

    // Sign-up
    sign_up_heading: "Anmälan", "Sign-up";
    sign_up: "Anmäl dig", "Sign up";
    join_waitlist: "Ställ dig på väntelistan", "Join the waitlist";
    full_why: "Alla platser är tagna. Blir en plats ledig går den till den som står först på väntelistan, och du får ett mejl direkt.", "All places are taken. A place that comes free goes to whoever is first on the waitlist, and you get a mail at once.";
    name: "Namn", "Name";
    email: "E-post", "E-mail";
    email_hint: "Hit skickar vi bekräftelsen och länken till din anmälan.", "We send the confirmation and the link to your sign-up here.";
    organisation: "Organisation", "Organisation";
    which_way: "Hur vill du delta?", "How do you want to take part?";
    consent_more: "Du kan avanmäla dig när du vill.", "You can cancel whenever you want.";
    leave_empty: "Lämna tomt", "Leave empty";
    not_sent_yet: "Anmälan är inte skickad än", "Your sign-up has not been sent yet";
    tell_me_when_open: "Vill du veta när anmälan öppnar? Skriv din e-post.", "Do you want to know when sign-up opens? Write your e-mail.";
    tell_me: "Säg till mig", "Tell me";
    will_tell: "Vi säger till när anmälan öppnar", "We will tell you when sign-up opens";
    will_tell_why: "Ett mejl kommer till adressen du skrev så snart det går att anmäla sig.", "A mail comes to the address that you wrote as soon as one can sign up.";
    signed_up_already: "Den adressen är redan anmäld", "That address is signed up already";
    signed_up_already_why: "Ingen ny plats har tagits. Vi har mejlat länken till anmälan till adressen, så att bara den som äger den kan ändra något.", "No new place has been taken. We have mailed the link to the sign-up to the address, so that only its owner can change anything.";
    nothing_taken: "Ingen plats har tagits.", "No place has been taken.";
    waitlist_why: "Blir en plats ledig går den till den som står först. Då får du ett mejl och är anmäld direkt.", "A place that comes free goes to whoever is first in line. You then get a mail and are signed up at once.";
    thanks_for_telling: "Tack för att du sa till. Din plats är fri för någon annan.", "Thank you for telling us. Your place is free for somebody else.";
    cancel: "Avanmäl mig", "Cancel my sign-up";
    cancel_yes: "Ja, avanmäl mig", "Yes, cancel my sign-up";
    // The organiser's side
    organise: "Att arrangera", "To organise";
    answer_needed: "måste besvaras", "has to be answered";
    answered_before: "Du har svarat:", "You have answered:";
    read_by_organisers: "Svaret läses bara av arrangören.", "Only the organiser reads the answer.";
    read_by_hosts: "Svaret läses av arrangören och värdarna.", "The organiser and the hosts read the answer.";
    your_answers: "Dina svar till arrangören", "Your answers to the organiser";
    questions_unanswered: "Arrangören vill veta", "The organiser would like to know";
    answer_questions: "Svara på arrangörens frågor", "Answer the organiser's questions";
    group_questions: "Arrangören frågar också:", "The organiser also asks:";
    group_questions_why: "Var och en svarar på sin egen sida, som länken i mejlet leder till.", "Everybody answers on their own page, to which the link in the mail leads.";
    group_approval: "Arrangören godkänner anmälningarna till den här aktiviteten. En plats hålls åt var och en så länge, och alla får ett mejl när det är klart.", "The organiser approves the sign-ups for this event. A place is held for each of them in the meantime, and all get a mail when that is done.";
    yes: "Ja", "Yes";
    save_answers: "Spara svaren", "Save the answers";
    answers_saved: "Svaren är sparade.", "The answers are saved.";
    say_no: "Tacka nej", "Say no";
    say_no_yes: "Ja, jag tackar nej", "Yes, I say no";
    withdraw: "Ta tillbaka anmälan", "Withdraw the sign-up";
    withdraw_yes: "Ja, ta tillbaka den", "Yes, withdraw it";
    requested_why: "Arrangören går igenom anmälningarna till den här aktiviteten. Du får ett mejl när det är klart, och ser det här också.", "The organiser goes through the sign-ups for this event. You get a mail when that is done, and see it here as well.";
    approval_why: "Arrangören godkänner anmälningarna till den här aktiviteten. En plats hålls åt dig så länge.", "The organiser approves the sign-ups for this event. A place is held for you in the meantime.";
    leave_waitlist: "Lämna väntelistan", "Leave the waitlist";
    leave_waitlist_yes: "Ja, lämna väntelistan", "Yes, leave the waitlist";
    cancel_why: "Platsen går direkt till nästa på väntelistan. Du kan anmäla dig igen, men hamnar då sist.", "The place goes at once to the next on the waitlist. You can sign up again, but will then be last.";
    cancel_reason: "Varför? Du behöver inte svara, men det hjälper oss att planera.", "Why? You need not answer, but it helps us to plan.";
    go_to_meeting: "Gå till mötet", "Go to the meeting";
    doors_open: "Öppnar 15 minuter innan det börjar.", "Opens 15 minutes before the start.";
    change_way: "Ja, byt", "Yes, change";
    way_full: "Det fanns ingen plats kvar på det sättet. Du har kvar den plats du hade.", "There was no place left in that way. You still have the place that you had.";
    what_happened: "Det här har hänt", "What has happened";
    sign_up_series: "Anmäl dig till hela serien", "Sign up for the whole series";
    series_not_open: "Inget stopp i serien är öppet för anmälan just nu.", "No stop of the series is open for sign-up at the moment.";
    own_series_new: "Du är anmäld till hela serien", "You are signed up for the whole series";
    own_series: "Din anmälan till hela serien", "Your sign-up for the whole series";
    own_series_left: "Du har lämnat serien", "You have left the series";
    own_series_why: "Varje stopp har en egen sida där du kan ändra eller avanmäla dig från just det. Stopp som öppnar senare kommer med av sig själva.", "Each stop has a page of its own where you can change or cancel that one alone. Stops that open later are included by themselves.";
    own_series_left_why: "Inga fler stopp läggs till. Ångrar du dig kan du anmäla dig igen.", "No more stops are added. If you change your mind you can sign up again.";
    leave_series: "Avanmäl mig från alla stopp som återstår", "Cancel all stops that remain";
    leave_series_yes: "Ja, avanmäl mig från alla", "Yes, cancel them all";
    stop_later: "Du anmäls när anmälan öppnar", "You will be signed up when sign-up opens";
    stop_not_yours: "Du är inte anmäld", "You are not signed up";
    to_this_stop: "Till din anmälan", "To your sign-up";
    sign_up_again: "Anmäl dig igen", "Sign up again";
    link_is_yours: "Länken till den här sidan är bara din. Dela den inte.", "The link to this page is yours alone. Do not share it.";
    too_many: "Vänta en stund och försök igen", "Wait a while and try again";
    too_many_why: "Det har kommit ovanligt många anmälningar från din uppkoppling. Ingen plats har tagits. Gå tillbaka, så finns det du skrev kvar.", "Unusually many sign-ups have come from your connection. No place has been taken. Go back, and what you wrote is still there.";

    // Stopping mails
    unsubscribe: "Sluta få mejl om det här?", "Stop getting mail about this?";
    unsubscribe_why: "Du har bett oss säga till när anmälan öppnar till den här aktiviteten.", "You have asked us to tell you when sign-up opens for this event.";
    unsubscribe_yes: "Ja, sluta mejla mig", "Yes, stop mailing me";
    unsubscribed: "Du får inga fler mejl om det här", "You get no more mail about this";
    unsubscribed_why: "Är du anmäld till något får du fortfarande det som rör din egen plats.", "If you are signed up for something you still get what concerns your own place.";
    choose_mail: "Välj vad du vill ha mejl om", "Choose what you want mail about";

    // What one wants to be mailed about
    my_mail: "Mejl till dig", "Mail to you";
    my_mail_to: "Mejlen går till", "The mails go to";
    my_wishes: "Det här vill du ha mejl om", "What you want mail about";
    always_mailed: "Det vi alltid mejlar", "What we always mail";
    always_mailed_why: "Det som rör din egen plats får du alltid veta: att du är anmäld eller står på väntelistan, att du har fått en plats, att tid eller plats har ändrats, att något är inställt och att du är avanmäld. Länken som du loggar in med kommer också alltid.", "What concerns your own place you are always told: that you are signed up or on the waitlist, that you have got a place, that time or place has changed, that something is cancelled, and that your sign-up is cancelled. The link that you sign in with always comes, too.";
    watches: "Anmälningar som du bevakar", "Sign-ups that you watch";
    watches_why: "Vi mejlar dig så snart anmälan öppnar.", "We mail you as soon as sign-up opens.";
    no_watches: "Du bevakar ingen anmälan just nu. Har anmälan inte öppnat kan du be oss säga till på aktivitetens sida.", "You watch no sign-up right now. Where sign-up has not opened you can ask us to tell you, on the page of the event.";
    end_watch: "Sluta bevaka", "Stop watching";

    // Series and programmes
    stops: "Stopp", "Stops";
    stop_held: "Har hållits", "Held";
    stop_next: "Härnäst", "Next";
    stop_cancelled: "Inställt", "Cancelled";
    programme_over: "Programmet är avslutat. Det som gjordes och det som finns att läsa är kvar här.", "The programme has ended. What was done, and what there is to read, is still here.";
    series_over: "Serien är avslutad.", "The series has ended.";
    no_stops: "Inga stopp är inlagda.", "No stops have been entered.";
    participants: "Deltagare", "Participants";
    series_in_calendar: "Visa serien i kalendern", "Show the series in the calendar";
    subscribe_series: "Prenumerera på serien", "Subscribe to the series";
    series: "Serier", "Series";
    events: "Aktiviteter", "Events";
    period: "Period", "Period";
    owner: "Ägare", "Owner";
    funder: "Finansiär", "Funder";
    audience: "Målgrupp", "For";
    outcomes: "Vad det ledde till", "What came of it";
    partners: "Parter", "Partners";
    platforms: "Plattformar", "Platforms";

    // When there is no page
    not_found: "Här finns inget stopp", "There is no stop here";
    not_found_why: "Adressen stämmer inte, eller så har sidan flyttat. Sök efter aktiviteten eller gå vidare till kalendern.", "The address is wrong, or the page has moved. Search for the event or go on to the calendar.";
    bad_request: "Det gick inte att läsa", "That could not be read";
    bad_request_why: "Det som skickades hit är inte något som sidan förstår. Gå vidare till kalendern, eller sök.", "What was sent is nothing that the page understands. Go on to the calendar, or search.";
    unavailable: "Vi når inte kalendern just nu", "The calendar cannot be reached right now";
    unavailable_why: "Inget av det du har sparat är borta. Vänta en liten stund och ladda om sidan.", "Nothing that you have saved is lost. Wait a little while and reload the page.";
    internal: "Något gick fel hos oss", "Something went wrong on our side";
    internal_why: "Det är inte ditt fel, och inget av det du har sparat är borta. Vänta en stund och ladda om sidan.", "It is not your fault, and nothing that you have saved is lost. Wait a while and reload the page.";
    request_id: "Hör du av dig till oss, uppge ärendenumret", "If you get in touch with us, give the number";
    reload: "Ladda om", "Reload";
    see_all_coming: "Se allt som är på gång", "See all that is coming up";
    refused: "Det där går inte att göra härifrån", "That cannot be done from there";
    refused_why: "Formuläret skickades från en annan webbplats. Öppna sidan här och försök igen.", "The form was sent from another site. Open the page here and try again.";
    too_large: "Det var för mycket på en gång", "That was too much at once";
    too_large_why: "Det som skickades var för stort att ta emot. Korta det och försök igen.", "What was sent was too large to take in. Shorten it and try again.";

    // Signing in
    sign_in: "Logga in", "Sign in";
    sign_out: "Logga ut", "Sign out";
    sign_in_why: "Skriv din e-post, så mejlar vi en länk som loggar in dig. Du behöver inget lösenord, och du behöver inte ha varit här förut.", "Write your e-mail, and we mail you a link that signs you in. You need no password, and you need not have been here before.";
    mail_me_a_link: "Mejla mig en länk", "Mail me a link";
    link_sent: "Titta i din inkorg", "Look in your inbox";
    link_sent_why: "Om adressen finns är ett mejl på väg dit. Länken i det gäller i 20 minuter och kan användas en gång.", "If the address exists, a mail is on its way to it. The link in it is good for 20 minutes and works once.";
    link_not_come: "Kommer inget mejl? Titta bland skräpposten och kontrollera att adressen blev rätt.", "No mail? Look among the junk mail, and check that the address came out right.";
    write_address_again: "Skriv adressen igen", "Write the address again";
    link_signs_in: "Länken loggar in den här enheten som", "The link signs this device in as";
    link_not_yours: "Är det inte din adress? Stäng bara sidan, så händer ingenting.", "Not your address? Just close the page, and nothing happens.";
    link_gone: "Länken går inte längre att använda", "The link can no longer be used";
    link_gone_why: "Den har redan använts, eller så har det gått mer än 20 minuter sedan den skickades. Skriv din e-post, så får du en ny.", "It has been used already, or was sent more than 20 minutes ago. Write your e-mail, and you get a new one.";
    link_unknown: "Länken stämmer inte", "The link is not right";
    link_unknown_why: "Den kan ha kortats av på vägen. Kopiera hela länken ur mejlet, eller skriv din e-post så får du en ny.", "It may have been cut short on its way. Copy the whole link from the mail, or write your e-mail and you get a new one.";
    link_just_used: "Loggade du nyss in med den? Då är du redan inne:", "Did you just sign in with it? Then you are in already:";
    signed_in_already: "Du är redan inloggad", "You are signed in already";
    sign_in_first: "Logga in först", "Sign in first";
    sign_in_first_why: "Den här sidan visar det som bara rör dig. Logga in, så kommer du tillbaka hit.", "This page shows what concerns you alone. Sign in, and you come back here.";
    forbidden: "Hit har du inte tillträde", "You have no access here";
    forbidden_why: "Sidan är till för dem som arrangerar. Behöver du komma in? Be den som har hand om Stafett hos er.", "The page is for those who organise. If you need to get in, ask whoever looks after Stafett where you work.";

    // One's own pages
    me: "Min sida", "My page";
    my_places: "Dina anmälningar", "Your sign-ups";
    my_other_places: "Sedan", "After that";
    manage_sign_up: "Se eller ändra anmälan", "See or change the sign-up";
    no_places: "Du är inte anmäld till något just nu", "You are not signed up for anything right now";
    no_places_why: "Här samlas allt du anmäler dig till, också det du anmälde med samma adress innan du loggade in. Det här är på gång:", "All that you sign up for gathers here, also what you signed up for with the same address before you signed in. This is coming up:";
    no_name_yet: "Vi vet inte vad du heter än.", "We do not know your name yet.";
    write_name: "Skriv ditt namn", "Write your name";
    account: "Ditt konto", "Your account";
    profile: "Uppgifter om dig", "About you";
    profile_why: "Bara namnet behövs. Resten fyller i anmälan åt dig, eller hjälper arrangören att ta emot dig väl.", "Only the name is needed. The rest fills in sign-ups for you, or helps the organiser to receive you well.";
    signed_in_with: "Du loggar in med", "You sign in with";
    work_role: "Roll på jobbet", "Role at work";
    municipality: "Kommun", "Municipality";
    no_municipality: "Ingen vald", "None chosen";
    mail_language: "Språk i mejl", "Language of mails";
    access_needs: "Vad behöver du för att kunna delta?", "What do you need in order to take part?";
    access_needs_hint: "Till exempel teckenspråkstolk, hörslinga eller plats för rullstol. Bara arrangören av det du anmäler dig till ser det.", "For example a sign language interpreter, an induction loop or room for a wheelchair. Only the organiser of what you sign up for sees it.";
    diet: "Mat du inte äter", "Food that you do not eat";
    optional: "(frivilligt)", "(optional)";
    save: "Spara", "Save";
    saved: "Sparat", "Saved";
    not_saved_yet: "Inget är sparat än", "Nothing has been saved yet";
    sessions: "Här är du inloggad", "Where you are signed in";
    sessions_why: "Känner du inte igen en enhet? Logga ut den.", "Do you not recognise a device? Sign it out.";
    this_device: "den här enheten", "this device";
    unknown_device: "Okänd enhet", "Unknown device";
    end_session: "Logga ut enheten", "Sign the device out";
    end_other_sessions: "Logga ut överallt utom här", "Sign out everywhere but here";

    // Passkeys
    sign_in_with_passkey: "Logga in med nyckel (passkey)", "Sign in with a passkey";
    sign_in_with_passkey_why: "Har du lagt till en nyckel? Då behöver du varken skriva adressen eller vänta på ett mejl.", "Have you added a passkey? Then you need neither write your address nor wait for a mail.";
    passkeys: "Nycklar (passkeys)", "Passkeys";
    passkeys_why: "Med en nyckel loggar du in med fingeravtryck, ansikte eller pinkod i stället för att vänta på ett mejl. Nyckeln stannar på din enhet eller i din lösenordshanterare. Länken per mejl fungerar som förut.", "With a passkey you sign in by fingerprint, face or PIN instead of waiting for a mail. The passkey stays on your device or in your password manager. The mailed link works as before.";
    passkeys_need: "För att lägga till en nyckel behövs JavaScript och en webbläsare som kan hantera nycklar.", "Adding a passkey takes JavaScript and a browser that can handle passkeys.";
    no_passkeys: "Du har inga nycklar än.", "You have no passkeys yet.";
    add_passkey: "Lägg till en nyckel", "Add a passkey";
    add_passkey_more: "Lägg till en nyckel till", "Add another passkey";
    rename_passkey: "Byt namn", "Rename";
    passkey_name: "Nyckelns namn", "Name of the passkey";
    remove_passkey: "Ta bort", "Remove";
    remove_passkey_why: "Den går sedan inte att logga in med. Länken per mejl fungerar alltid, och du kan lägga till en ny nyckel när du vill.", "It then signs nobody in. The mailed link always works, and you can add a new passkey whenever you want.";
    remove_passkey_yes: "Ja, ta bort nyckeln", "Yes, remove the passkey";
    passkey_waiting: "Följ anvisningarna på din enhet.", "Follow the instructions on your device.";
    passkey_added: "Nyckeln är tillagd. Nästa gång kan du logga in med den.", "The passkey has been added. Next time you can sign in with it.";
    passkey_renamed: "Nyckeln har fått ett nytt namn.", "The passkey has a new name.";
    passkey_removed: "Nyckeln är borttagen. Ta bort den på enheten också, så slutar den att föreslås.", "The passkey has been removed. Remove it on the device as well, and it will not be suggested any more.";
    passkey_nameless: "Namnet är inte sparat. Skriv ett namn på högst 60 tecken.", "The name has not been saved. Write a name of at most 60 characters.";

    // The local mailbox
    mailbox: "Lokal brevlåda", "Local mailbox";
    mailbox_why: "Här syns all e-post. Så länge ingen e-postserver är inställd stannar den här.", "All mail shows here. As long as no mail server is set it stays here.";
    mailbox_empty: "Brevlådan är tom.", "The mailbox is empty.";
    mail_to: "Till", "To";
    mail_sent: "Skrivet", "Written";
    mail_state: "Läge", "State";
    mail_queued: "i kö", "queued";
    mail_was_sent: "skickat", "sent";
    mail_failed: "gick inte fram", "failed";
    mail_dropped: "behövdes inte längre", "no longer needed";
    mail_as_text: "Som text", "As text";
    mail_as_html: "Som HTML", "As HTML";
    mail_calendar: "Till kalendern", "For the calendar";
    mail_source: "Visa hela mejlet så som det skickas", "Show the whole mail as it is sent";
}
