//! The SQL of municipalities by their names.

use sqlx::PgTransaction;
use std::collections::HashMap;

/// The codes of municipalities by what they are called, in small letters.
pub(super) struct Codes(HashMap<String, Vec<String>>);

impl Codes {
    /// Those of all these names; nothing if one of them is nobody's.
    pub(super) fn of(&self, names: &[String]) -> Option<Vec<String>> {
        let mut codes: Vec<String> = Vec::new();
        for name in names {
            for code in self.0.get(&name.to_lowercase())? {
                if !codes.contains(code) {
                    codes.push(code.clone());
                }
            }
        }
        Some(codes)
    }
}

/// Looks these names up; "Örebro" will do for "Örebro kommun".
pub(super) async fn codes(
    transaction: &mut PgTransaction<'_>,
    names: &[&str],
) -> Result<Codes, sqlx::Error> {
    let mut codes: HashMap<String, Vec<String>> = HashMap::new();
    if names.is_empty() {
        return Ok(Codes(codes));
    }
    let names: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let found = sqlx::query!(
        r#"select code as "code!", lower(name) as "name!", lower(short_name) as "short!" from municipalities
        where lower(name) = any($1) or lower(short_name) = any($1)"#,
        &names
    )
    .fetch_all(&mut **transaction)
    .await?;
    for row in found {
        for name in [row.name, row.short] {
            codes.entry(name).or_default().push(row.code.clone());
        }
    }
    Ok(Codes(codes))
}
