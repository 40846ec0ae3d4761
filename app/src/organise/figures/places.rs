//! Sweden's counties and municipalities, and which of them an organisation is. Pure, and on the server alone: the
//! browser is told what it shows.

use super::model::County;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Facts of Statistics Sweden; the demonstration begins with the same file.
const FILE: &str = include_str!("../../../../server/demo/municipalities.csv");

struct Place {
    /// Where its county stands among the counties.
    county: usize,
    /// What it is called in a list.
    short: &'static str,
    /// What it calls itself.
    own: &'static str,
}

struct Country {
    counties: Vec<(&'static str, &'static str)>,
    places: Vec<Place>,
    /// Names that say what it is: `örebro kommun`.
    full: HashMap<String, usize>,
    /// Names that could be more than that: `örebro`.
    bare: HashMap<String, usize>,
}

static COUNTRY: LazyLock<Country> = LazyLock::new(|| {
    let mut country = Country {
        counties: Vec::new(),
        places: Vec::new(),
        full: HashMap::new(),
        bare: HashMap::new(),
    };
    let mut names = Vec::new();
    for line in FILE.lines().filter(|line| !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(',').collect();
        match fields.as_slice() {
            [code, _, name, _] if code.len() == 2 => country.counties.push((code, name)),
            [_, _, short, name, rest @ ..] => {
                let own = rest.first().copied().unwrap_or(name);
                let county = country.counties.len().saturating_sub(1);
                names.push((country.places.len(), *short, *name));
                country.places.push(Place { county, short, own });
            }
            _ => {}
        }
    }
    // What one is called comes before what another could be called.
    for &(at, short, name) in &names {
        for exact in [name, country.places[at].own] {
            country.full.entry(key(exact)).or_insert(at);
        }
        country.bare.entry(key(short)).or_insert(at);
    }
    for &(at, short, _) in &names {
        for variant in [
            format!("{short} kommun"),
            format!("{short}s kommun"),
            format!("{short} stad"),
            format!("{short}s stad"),
            format!("{short} municipality"),
            format!("municipality of {short}"),
            format!("city of {short}"),
        ] {
            country.full.entry(key(&variant)).or_insert(at);
        }
    }
    // One county, one municipality, and both are this.
    if let Some(&gotland) = country.bare.get("gotland") {
        country.full.entry("region gotland".to_owned()).or_insert(gotland);
    }
    country
});

/// Text as it is compared: small letters, single spaces.
fn key(text: &str) -> String {
    text.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The municipality that somebody writes they work for: by its name, or by its name before or after a comma.
fn municipality(country: &Country, key: &str) -> Option<usize> {
    let whole = country.full.get(key).or_else(|| country.bare.get(key));
    whole
        .or_else(|| {
            key.split([',', '(', ')', '/', '–']).find_map(|part| country.full.get(part.trim()))
        })
        .copied()
}

/// A name as Swedish puts it in order: å, ä and ö are letters of their own, after z.
fn alphabetical(name: &str) -> String {
    let letter = |letter| match letter {
        'å' => '{',
        'ä' => '|',
        'ö' => '}',
        other => other,
    };
    name.to_lowercase().chars().map(letter).collect()
}

/// Whom sign-ups reach.
pub struct Reached {
    /// The organisations with how many each, the largest first.
    pub organisations: Vec<(String, u32)>,
    /// All counties with their municipalities.
    pub counties: Vec<County>,
}

/// Puts together what people wrote, each with how many wrote it: a municipality has one name, other organisations
/// the one that most people wrote.
#[must_use]
pub fn reached(written: impl IntoIterator<Item = (String, u32)>) -> Reached {
    let country = &*COUNTRY;
    let mut people = vec![0_u32; country.places.len()];
    let mut others: HashMap<String, (String, u32, u32)> = HashMap::new();
    for (name, count) in written {
        let key = key(&name);
        if let Some(at) = municipality(country, &key) {
            people[at] += count;
            continue;
        }
        let other = others.entry(key).or_insert_with(|| (String::new(), 0, 0));
        other.1 += count;
        if other.2 < count || (other.2 == count && name < other.0) {
            (other.0, other.2) = (name, count);
        }
    }
    let municipalities = country.places.iter().zip(&people).filter(|(_, people)| **people > 0);
    let mut organisations: Vec<(String, u32)> = municipalities
        .map(|(place, people)| (place.own.to_owned(), *people))
        .chain(others.into_values().map(|(name, people, _)| (name, people)))
        .collect();
    organisations.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    let mut counties: Vec<County> = country
        .counties
        .iter()
        .map(|(code, name)| County {
            code: (*code).to_owned(),
            name: (*name).to_owned(),
            municipalities: Vec::new(),
        })
        .collect();
    for (place, people) in country.places.iter().zip(people) {
        counties[place.county].municipalities.push((place.short.to_owned(), people));
    }
    for county in &mut counties {
        county.municipalities.sort_by_cached_key(|(name, _)| alphabetical(name));
    }
    Reached { organisations, counties }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[(&str, u32)]) -> Reached {
        reached(names.iter().map(|(name, count)| ((*name).to_owned(), *count)))
    }

    #[test]
    fn the_whole_country_and_a_tile_for_each_county() {
        let Reached { counties, organisations } = of(&[]);
        assert!(organisations.is_empty());
        assert_eq!(counties.len(), 21);
        assert_eq!(counties.iter().map(|county| county.municipalities.len()).sum::<usize>(), 290);
        let orebro = counties.iter().find(|county| county.code == "18").unwrap();
        let name = |at: usize| orebro.municipalities[at].0.as_str();
        assert_eq!((name(0), name(11)), ("Askersund", "Örebro"));
        for county in &counties {
            let is_there = super::super::model::TILES.iter().any(|tile| tile.code == county.code);
            assert!(is_there, "{}", county.name);
        }
    }

    #[test]
    fn a_municipality_by_any_of_its_names() {
        let names = [
            ("Örebro kommun", 3),
            ("örebro  KOMMUN", 1),
            ("Örebro", 1),
            ("Socialförvaltningen, Örebro kommun", 1),
            ("Örebro kommun (IT)", 1),
            ("Municipality of Örebro", 1),
            ("Malmö stad", 1),
            ("Österåker kommun", 1),
            ("Region Gotland", 2),
            // Somewhere in Örebro, but not the municipality.
            ("Bygg AB, Örebro", 1),
            ("Region Örebro län", 1),
        ];
        let Reached { organisations, counties } = of(&names);
        assert_eq!(
            organisations[..2],
            [("Örebro kommun".into(), 8), ("Gotlands kommun".into(), 2)]
        );
        let reached: Vec<_> = counties
            .iter()
            .map(|it| (it.code.as_str(), it.reached()))
            .filter(|it| it.1 > 0)
            .collect();
        assert_eq!(reached, [("01", 1), ("09", 1), ("12", 1), ("18", 1)]);
    }

    #[test]
    fn neighbours_in_the_alphabet_are_not_taken_for_each_other() {
        let Reached { counties, .. } = of(&[("Habo kommun", 1), ("Håbo kommun", 2)]);
        let people = |name: &str| {
            let all = counties.iter().flat_map(|county| &county.municipalities);
            all.filter(|(known, _)| known == name).map(|(_, people)| *people).collect::<Vec<_>>()
        };
        assert_eq!((people("Habo"), people("Håbo")), (vec![1], vec![2]));
    }

    #[test]
    fn others_are_called_as_most_people_write_them() {
        let names = [("vinnova", 1), ("Vinnova", 4), ("VINNOVA ", 2), ("=1+1", 1)];
        let Reached { organisations, .. } = of(&names);
        assert_eq!(organisations, [("Vinnova".into(), 7), ("=1+1".into(), 1)]);
    }
}
