//! The files of the project, and Rust and TypeScript without what is no program: comments and tests.

use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

/// A text file of the project.
#[derive(Clone, Debug)]
pub struct Source {
    /// From the top of the project, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl Source {
    pub fn new(path: &str, text: &str) -> Source {
        Source { path: path.to_owned(), text: text.to_owned() }
    }

    /// The room of `src-tauri` it stands in.
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("src-tauri/")?.split_once('/').map(|(room, _)| room)
    }

    pub fn is(&self, extension: &str) -> bool {
        self.path.rsplit_once('.').is_some_and(|(_, end)| end == extension)
    }

    pub fn is_under(&self, folder: &str) -> bool {
        self.path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
    }

    /// File name without its last ending.
    pub fn stem(&self) -> &str {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        name.split('.').next().unwrap_or_default()
    }

    /// Lines of the program with their numbers: no comments, no tests.
    pub fn program(&self) -> Vec<(usize, String)> {
        if self.is("rs") {
            if self.stem() == "tests" || self.is_under("tests") { Vec::new() } else { rust_program(&self.text) }
        } else if self.path.contains(".test.") || self.path.contains("/e2e/") {
            Vec::new()
        } else {
            script_program(&self.text)
        }
    }

    /// `path:line: what stands there` for each line of the program that `wrong` says is wrong.
    pub fn wrong_lines(&self, wrong: impl Fn(&str) -> bool) -> Vec<String> {
        let lines = self.program().into_iter().filter(|(_, line)| wrong(line));
        lines.map(|(number, line)| format!("{}:{number}: {}", self.path, line.trim())).collect()
    }
}

/// Every text file that git knows or would add, by path.
pub fn sources() -> Vec<Source> {
    static ALL: OnceLock<Vec<Source>> = OnceLock::new();
    ALL.get_or_init(read_all).clone()
}

fn read_all() -> Vec<Source> {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let listed = Command::new("git")
        .args(["ls-files", "-z", "--cached", "--others", "--exclude-standard"])
        .current_dir(top)
        .output()
        .expect("git lists the files of the project");
    assert!(listed.status.success(), "git ls-files: {}", String::from_utf8_lossy(&listed.stderr));
    let mut paths: Vec<&str> = std::str::from_utf8(&listed.stdout)
        .expect("paths of ours")
        .split('\0')
        .filter(|path| !path.is_empty())
        .collect();
    paths.sort_unstable();
    paths.dedup();
    // Files that are no text, or that were deleted and not yet committed, are left out.
    let text = |path: &&str| Some(Source::new(path, &std::fs::read_to_string(top.join(path)).ok()?));
    let all: Vec<Source> = paths.iter().filter_map(text).collect();
    assert!(all.len() > 100, "only {} files were found", all.len());
    all
}

fn rust_program(text: &str) -> Vec<(usize, String)> {
    let mut program = Vec::new();
    let mut is_test = false;
    let mut in_test_block = false;
    for (at, line) in text.lines().enumerate() {
        let trimmed = line.trim();
        if in_test_block {
            in_test_block = line != "}";
        } else if trimmed == "#[cfg(test)]" && line == trimmed {
            is_test = true;
        } else if is_test {
            in_test_block = line.ends_with('{');
            is_test = trimmed.starts_with("#[");
        } else if !trimmed.starts_with("//") {
            program.push((at + 1, line.split(" // ").next().unwrap_or_default().to_owned()));
        }
    }
    program
}

fn script_program(text: &str) -> Vec<(usize, String)> {
    let mut program = Vec::new();
    let mut closing: Option<&str> = None;
    for (at, line) in text.lines().enumerate() {
        let mut kept = String::new();
        let mut rest = line;
        loop {
            if let Some(mark) = closing {
                let Some((_, after)) = rest.split_once(mark) else { break };
                rest = after;
                closing = None;
            }
            let next = [("/*", "*/"), ("<!--", "-->")]
                .into_iter()
                .filter_map(|(open, close)| Some((rest.find(open)?, open, close)))
                .min();
            let Some((from, open, close)) = next else {
                kept += rest;
                break;
            };
            kept += &rest[..from];
            rest = &rest[from + open.len()..];
            closing = Some(close);
        }
        let kept = if kept.trim_start().starts_with("//") { "" } else { kept.split(" // ").next().unwrap_or_default() };
        if !kept.trim().is_empty() {
            program.push((at + 1, kept.to_owned()));
        }
    }
    program
}

/// The texts between quotation marks of a line.
pub fn literals(line: &str, marks: &[char]) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Option<(char, String)> = None;
    let mut escaped = false;
    for c in line.chars() {
        match &mut open {
            None if marks.contains(&c) => open = Some((c, String::new())),
            None => {}
            Some(_) if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some((mark, _)) if c == *mark => found.extend(open.take().map(|(_, text)| text)),
            Some((_, text)) => text.push(c),
        }
    }
    found
}

/// Kana and kanji; marks such as ・ and 〜 are no words.
pub fn is_japanese(c: char) -> bool {
    matches!(c, '\u{3041}'..='\u{30fa}' | '\u{30fc}'..='\u{30ff}' | '\u{4e00}'..='\u{9fff}' | '\u{ff66}'..='\u{ff9f}')
}

#[test]
fn comments_and_tests_are_no_program() {
    let rust =
        Source::new("src-tauri/shop/a.rs", "/// 円\nfn a() {} // b\n#[cfg(test)]\nmod tests {\n    x\n}\nfn c() {}\n");
    let lines: Vec<String> = rust.program().into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, ["fn a() {}", "fn c() {}"]);
    let script = Source::new("ui/src/a.ts", "/** 円\n * 円 */\nconst a = 1; // 円\n// 円\n<!-- 円 --><p>\n");
    let lines: Vec<String> = script.program().into_iter().map(|(_, line)| line).collect();
    assert_eq!(lines, ["const a = 1;", "<p>"]);
    assert_eq!(literals(r#"a("b", 'c') "d"#, &['"']), ["b"]);
}
