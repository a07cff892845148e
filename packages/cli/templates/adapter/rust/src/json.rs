// JSON in as little as an adapter needs; take serde_json if you like.
#[derive(Clone, Debug, PartialEq)]
pub enum Json {
    Null,
    Bool(bool),
    /// The number as it stands in the text.
    Number(String),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

impl<T: Into<String>> From<T> for Json {
    fn from(text: T) -> Json {
        Json::Text(text.into())
    }
}

pub fn object<const N: usize>(members: [(&str, Json); N]) -> Json {
    Json::Object(members.into_iter().map(|(name, value)| (name.to_string(), value)).collect())
}

/// Reads one JSON value; None where it is none.
pub fn read(text: &str) -> Option<Json> {
    Reader { chars: text.chars().collect(), at: 0 }.value()
}

impl Json {
    pub fn get(&self, name: &str) -> Option<&Json> {
        let Json::Object(members) = self else { return None };
        members.iter().rev().find(|(one, _)| one == name).map(|(_, value)| value)
    }

    /// The text of a member; empty where there is none.
    pub fn text(&self, name: &str) -> &str {
        if let Some(Json::Text(text)) = self.get(name) { text } else { "" }
    }

    pub fn write(&self) -> String {
        match self {
            Json::Null => "null".into(),
            Json::Bool(value) => value.to_string(),
            Json::Number(text) => text.clone(),
            Json::Text(text) => quote(text),
            Json::List(list) => format!("[{}]", list.iter().map(Json::write).collect::<Vec<_>>().join(",")),
            Json::Object(all) => {
                let members: Vec<_> = all.iter().map(|(name, value)| format!("{}:{}", quote(name), value.write())).collect();
                format!("{{{}}}", members.join(","))
            }
        }
    }
}

fn quote(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c < ' ' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c => out.push(c),
        }
    }
    out + "\""
}

struct Reader {
    chars: Vec<char>,
    at: usize,
}

impl Reader {
    fn peek(&mut self) -> Option<char> {
        while self.chars.get(self.at)?.is_ascii_whitespace() {
            self.at += 1;
        }
        self.chars.get(self.at).copied()
    }

    fn take(&mut self, expected: char) -> Option<bool> {
        let found = self.peek()? == expected;
        self.at += found as usize;
        Some(found)
    }

    fn value(&mut self) -> Option<Json> {
        match self.peek()? {
            '{' => {
                let mut members = vec![];
                self.at += 1;
                while !self.take('}')? {
                    self.peek()?;
                    let name = self.string()?;
                    self.take(':')?;
                    members.push((name, self.value()?));
                    self.take(',')?;
                }
                Some(Json::Object(members))
            }
            '[' => {
                let mut list = vec![];
                self.at += 1;
                while !self.take(']')? {
                    list.push(self.value()?);
                    self.take(',')?;
                }
                Some(Json::List(list))
            }
            '"' => self.string().map(Json::Text),
            't' => self.word(4, Json::Bool(true)),
            'f' => self.word(5, Json::Bool(false)),
            'n' => self.word(4, Json::Null),
            _ => {
                let from = self.at;
                while self.chars.get(self.at).is_some_and(|c| "+-.eE0123456789".contains(*c)) {
                    self.at += 1;
                }
                (self.at > from).then(|| Json::Number(self.chars[from..self.at].iter().collect()))
            }
        }
    }

    fn word(&mut self, length: usize, value: Json) -> Option<Json> {
        self.at += length;
        Some(value)
    }

    fn string(&mut self) -> Option<String> {
        let mut units = vec![];
        self.at += 1;
        loop {
            let mut c = *self.chars.get(self.at)?;
            self.at += 1;
            if c == '"' {
                return Some(String::from_utf16_lossy(&units));
            }
            if c == '\\' {
                c = *self.chars.get(self.at)?;
                self.at += 1;
                if c == 'u' {
                    let hex: String = self.chars.get(self.at..self.at + 4)?.iter().collect();
                    units.push(u16::from_str_radix(&hex, 16).ok()?);
                    self.at += 4;
                    continue;
                }
                let at = "nrtbf".find(c);
                c = at.map_or(c, |i| ['\n', '\r', '\t', '\u{8}', '\u{c}'][i]);
            }
            units.extend_from_slice(c.encode_utf16(&mut [0; 2]));
        }
    }
}
