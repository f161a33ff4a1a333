//! The two columns of a cost list, as they are named on the command line.

/// Two columns of a cost list, by header.
#[derive(Clone, Debug)]
pub(super) struct Columns {
    pub(super) code: String,
    pub(super) cost: String,
}

/// Reads `code=HEADER,cost=HEADER`.
pub(super) fn columns(text: &str) -> Result<Columns, String> {
    // A header may hold a comma; the second name begins where `,cost=` stands.
    let parts = text.strip_prefix("code=").and_then(|rest| rest.split_once(",cost="));
    match parts {
        Some((code, cost)) if !code.is_empty() && !cost.is_empty() => {
            Ok(Columns { code: code.to_owned(), cost: cost.to_owned() })
        }
        _ => Err("like code=HEADER,cost=HEADER".to_owned()),
    }
}
