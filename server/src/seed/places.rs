//! Municipalities, and the organisations: municipalities, regions, and the others of the programmes.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use super::facts::Organisation;
use super::{Ids, SeedError, Tx, record, storing};

const MUNICIPALITIES: &str = include_str!("../../demo/municipalities.csv");

/// What `municipalities.csv` holds.
pub(super) struct Places {
    regions: Vec<Region>,
    municipalities: Vec<Municipality>,
    /// Municipality codes by slug.
    codes: HashMap<&'static str, &'static str>,
}

struct Region {
    slug: &'static str,
    name: &'static str,
}

struct Municipality {
    code: &'static str,
    slug: &'static str,
    short_name: &'static str,
    name: &'static str,
    /// The name that it uses itself, where that is another: `Malmö stad`.
    calls_itself: &'static str,
    county_code: &'static str,
    county_name: &'static str,
}

impl Places {
    /// The code of the municipality that the files call so.
    pub fn code(&self, slug: &str, at: &str) -> Result<&'static str, SeedError> {
        self.codes
            .get(slug)
            .copied()
            .ok_or_else(|| record(at, format!("there is no municipality {slug:?}")))
    }

    pub fn maybe_code(
        &self,
        slug: Option<&str>,
        at: &str,
    ) -> Result<Option<&'static str>, SeedError> {
        slug.map(|slug| self.code(slug, at)).transpose()
    }
}

/// Reads the counties, each of which is followed by its municipalities.
pub(super) fn read() -> Result<Places, SeedError> {
    let mut regions = Vec::new();
    let mut municipalities = Vec::new();
    let mut county = None;
    for (index, line) in MUNICIPALITIES.lines().enumerate() {
        if line.starts_with('#') {
            continue;
        }
        let fields: Vec<&str> = line.split(',').collect();
        let problem = |what: &str| record(format!("municipalities.csv line {}", index + 1), what);
        match (fields.as_slice(), county) {
            ([code, slug, county_name, name], _) if code.len() == 2 => {
                regions.push(Region { slug, name });
                county = Some((*code, *county_name));
            }
            ([code, slug, short_name, name, rest @ ..], Some((county_code, county_name)))
                if code.len() == 4 && rest.len() <= 1 =>
            {
                if !code.starts_with(county_code) {
                    return Err(problem("it stands under another county"));
                }
                municipalities.push(Municipality {
                    code,
                    slug,
                    short_name,
                    name,
                    calls_itself: rest.first().unwrap_or(name),
                    county_code,
                    county_name,
                });
            }
            _ => return Err(problem("it is neither a county nor a municipality of one")),
        }
    }
    let codes = municipalities.iter().map(|it| (it.slug, it.code)).collect();
    Ok(Places { regions, municipalities, codes })
}

pub(super) async fn insert_municipalities(
    tx: &mut Tx<'_>,
    places: &Places,
) -> Result<(), SeedError> {
    let rows: Vec<Value> = places
        .municipalities
        .iter()
        .map(|it| {
            json!({
                "code": it.code,
                "name": it.name,
                "short_name": it.short_name,
                "county_code": it.county_code,
                "county_name": it.county_name,
            })
        })
        .collect();
    sqlx::query!(
        "insert into municipalities (code, name, short_name, county_code, county_name)
         select code, name, short_name, county_code, county_name
         from jsonb_to_recordset($1) as r
            (code text, name text, short_name text, county_code text, county_name text)",
        Value::Array(rows)
    )
    .execute(&mut **tx)
    .await
    .map_err(storing("municipalities"))?;
    Ok(())
}

/// All municipalities and regions are organisations; the facts' own names and slugs come first.
pub(super) async fn insert_organisations(
    tx: &mut Tx<'_>,
    places: &Places,
    facts: &[Organisation],
) -> Result<Ids, SeedError> {
    let row = |slug: &str, name: &str, short: Option<&str>, kind: &str, code: Option<&str>| {
        json!({
            "slug": slug,
            "name": name,
            "short_name": short,
            "kind": kind,
            "municipality_code": code,
        })
    };
    let named: HashSet<&str> =
        facts.iter().filter_map(|it| it.municipality_code.as_deref()).collect();
    let of_facts = facts.iter().map(|it| {
        row(&it.slug, &it.name, it.short.as_deref(), &it.kind, it.municipality_code.as_deref())
    });
    let municipalities = places
        .municipalities
        .iter()
        .filter(|it| !named.contains(it.code))
        .map(|it| row(it.slug, it.calls_itself, None, "municipality", Some(it.code)));
    let regions = places.regions.iter().map(|it| row(it.slug, it.name, None, "region", None));
    let rows: Vec<Value> = of_facts.chain(municipalities).chain(regions).collect();

    let inserted = sqlx::query!(
        "insert into organisations (slug, name, short_name, kind, municipality_code)
         select slug, name, short_name, kind, municipality_code
         from jsonb_to_recordset($1) as r
            (slug text, name text, short_name text, kind text, municipality_code text)
         returning slug, id",
        Value::Array(rows)
    )
    .fetch_all(&mut **tx)
    .await
    .map_err(storing("organisations"))?;
    Ok(Ids::new("organisation", inserted.into_iter().map(|it| (it.slug, it.id))))
}

#[cfg(test)]
mod tests {
    use std::error::Error;

    use super::*;
    use crate::seed::facts::Facts;

    #[test]
    fn the_whole_country_is_there_once() -> Result<(), Box<dyn Error>> {
        let places = read()?;
        assert_eq!(places.municipalities.len(), 290);
        assert_eq!(places.regions.len(), 21);
        assert_eq!(places.codes.len(), 290, "two municipalities share a slug");
        assert_eq!(places.code("haabo", "")?, "0305");
        assert_eq!(places.code("habo", "")?, "0643");
        Ok(())
    }

    #[test]
    fn the_facts_name_municipalities_as_the_list_does() -> Result<(), Box<dyn Error>> {
        let places = read()?;
        for it in Facts::read()?.organisations {
            let Some(code) = it.municipality_code else {
                continue;
            };
            assert_eq!(places.code(&it.slug, "")?, code);
            let listed = places.municipalities.iter().find(|listed| listed.code == code);
            assert_eq!(listed.map(|listed| listed.calls_itself), Some(it.name.as_str()));
        }
        Ok(())
    }
}
