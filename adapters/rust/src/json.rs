//! JSON as signatures need it: numbers keep their lexeme, a member that stands twice is refused.

mod parser;

#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Object(Vec<(String, Json)>),
    Array(Vec<Json>),
    Text(String),
    /// As it stands in the text: it is signed by its lexeme (SIG-012).
    Number(String),
    Bool(bool),
    Null,
}

#[derive(Debug, PartialEq)]
pub enum JsonError {
    Malformed(usize),
    /// An object names a member twice: readers differ about which one counts (SEC-005).
    Duplicate(String),
}

impl Json {
    pub fn parse(text: &str) -> Result<Self, JsonError> {
        parser::parse(text)
    }

    pub fn get(&self, name: &str) -> Option<&Json> {
        match self {
            Self::Object(members) => members.iter().find(|(other, _)| other == name).map(|(_, value)| value),
            _ => None,
        }
    }

    pub fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self {
            Some(text)
        } else {
            None
        }
    }

    /// The value of a plainly written integer of at most 2^53 - 1 (RSP-007).
    pub fn integer(&self) -> Option<i64> {
        let Self::Number(lexeme) = self else { return None };
        lexeme.parse().ok().filter(|value: &i64| value.unsigned_abs() < 1 << 53)
    }

    /// Compact, with names sorted by byte: how `data` signs what is no string (SIG-011).
    pub fn compact(&self) -> String {
        match self {
            Self::Text(text) => quote(text),
            Self::Number(lexeme) => lexeme.clone(),
            Self::Bool(value) => value.to_string(),
            Self::Null => "null".into(),
            Self::Array(items) => format!("[{}]", items.iter().map(Json::compact).collect::<Vec<_>>().join(",")),
            Self::Object(members) => {
                let mut sorted: Vec<_> = members.iter().collect();
                sorted.sort_by(|a, b| a.0.cmp(&b.0));
                let pairs: Vec<_> =
                    sorted.iter().map(|(name, value)| format!("{}:{}", quote(name), value.compact())).collect();
                format!("{{{}}}", pairs.join(","))
            }
        }
    }
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => quoted.extend(['\\', c]),
            '\u{8}' => quoted.push_str("\\b"),
            '\u{c}' => quoted.push_str("\\f"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            '\0'..='\u{1f}' => quoted.push_str(&format!("\\u{:04x}", c as u32)),
            _ => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
}
