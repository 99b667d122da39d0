//! From files to the corpus: the one way in.

use std::collections::{BTreeMap, HashMap};

use super::characters::shown;
use super::events::Uids;
use super::file::File;
use super::interview::{self, Folder};
use super::keys;
use super::lexicon;
use super::limits::{MAX_FILE_BYTES, MAX_PASSAGES};
use super::problem::Problem;
use super::problems::Problems;
use super::read::Files;
use super::values::ID;
use crate::domain::{Corpus, Interview, InterviewId, Key, Lexicon, Text};

/// The file at the folder's top.
const LEXICON: &str = "lexicon.toml";

/// What came of loading.
#[derive(Debug, Clone)]
pub struct Loaded {
    /// The corpus; `None` if and only if one of the problems is an error.
    pub corpus: Option<Corpus>,
    /// Everything that is wrong, by path, line and column.
    pub problems: Vec<Problem>,
}

/// Makes the corpus of a folder's files, and tells everything that is wrong with them.
#[must_use]
pub fn load(files: &Files) -> Loaded {
    let problems = Problems::default();
    let mut uids = Uids::new();
    let interviews: Vec<Interview> =
        folders(files, &problems).iter().filter_map(|folder| interview::read(folder, &mut uids, &problems)).collect();
    let lexicon = read_lexicon(files, &problems);
    check_keys(&interviews, &problems);
    check_size(&interviews, &problems);
    let corpus = (problems.n_errors() == 0).then(|| Corpus { revision: keys::revision(files), interviews, lexicon });
    Loaded { corpus, problems: problems.into_sorted() }
}

/// The interviews' folders; files that are nobody's are told of.
fn folders<'f>(files: &'f Files, problems: &Problems) -> Vec<Folder<'f>> {
    let mut folders: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for (path, bytes) in files.iter() {
        match path.split_once('/') {
            Some((folder, name)) if is_about_the_files(name) => {
                folders.entry(folder).or_default();
            }
            Some((folder, name)) => folders.entry(folder).or_default().push((path, name, bytes)),
            None if path == LEXICON || is_about_the_files(path) => {}
            None => {
                problems.file_warning(path, "the file is not read", "put it into an interview's folder, or elsewhere");
            }
        }
    }
    if folders.is_empty() {
        let is_one = files.iter().any(|(path, _)| path.starts_with("interview."));
        let hint = match is_one {
            true => "this is the folder of one interview: name the folder above it",
            false => "make a folder with an `interview.en.md`; `onrecord init DIR` shows how",
        };
        problems.file_error(".", "there is no interview", hint);
    }
    let parsed = |(name, files)| match InterviewId::parse(name) {
        Some(id) => Some(Folder { id, files }),
        None => {
            problems.file_error(name, format!("the folder's name {} is not an id", shown(name)), ID.hint);
            None
        }
    };
    folders.into_iter().filter_map(parsed).collect()
}

/// Files that git folders have for people: nobody expects the bot to read them.
fn is_about_the_files(name: &str) -> bool {
    name.starts_with("README") || name.starts_with("LICENSE")
}

fn read_lexicon(files: &Files, problems: &Problems) -> Lexicon {
    let found = files.iter().find(|(path, _)| *path == LEXICON);
    let file = found.and_then(|(path, bytes)| File::decode(path, bytes, MAX_FILE_BYTES, problems));
    file.map(|file| lexicon::read(&file)).unwrap_or_default()
}

/// Reports keys that stand for two things: a link would lead to the wrong one.
fn check_keys(interviews: &[Interview], problems: &Problems) {
    let mut passages: HashMap<&Key, String> = HashMap::new();
    let mut topics: HashMap<&Key, String> = HashMap::new();
    for interview in interviews {
        for passage in interview.texts.iter().flat_map(Text::passages) {
            let name = interview.name_of(&passage.id).to_string();
            check_key(&mut passages, &passage.key, name, problems);
        }
        for topic in &interview.topics {
            check_key(&mut topics, &topic.key, format!("{}/topics.toml/{}", interview.id, topic.id), problems);
        }
    }
}

fn check_key<'k>(names: &mut HashMap<&'k Key, String>, key: &'k Key, name: String, problems: &Problems) {
    // The same passage may have the same words in two languages.
    if let Some(other) = names.get(key).filter(|other| **other != name) {
        problems.file_error(&name, format!("its key `{key}` is also that of {other}"), "give one of them another id");
        return;
    }
    names.insert(key, name);
}

fn check_size(interviews: &[Interview], problems: &Problems) {
    let n_passages: usize =
        interviews.iter().flat_map(|interview| &interview.texts).map(|text| text.passages().count()).sum();
    if n_passages > MAX_PASSAGES {
        problems.file_error(
            ".",
            format!("there are {n_passages} passages"),
            format!("the most is {MAX_PASSAGES}: split the folder"),
        );
    }
}
