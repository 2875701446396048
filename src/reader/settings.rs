//! What is settled by keys, and for what: for this text alone or for all texts.
//!
//! A [`Setting`] has a name and values that have names, so that it can be shown, chosen from a list and written down.
//! Settings lie in layers: what is built in, then what holds for all texts, then what holds for this one. A command
//! changes [`Options`] and knows nothing of layers; what it changed is found by comparing, and goes to the layer that
//! was in force.

use super::list::{Goal, Item};
use super::{Columns, NotesPlace, Options, State};
use crate::layout::{Ambiguous, Bidi, Figures, Spacing};
use crate::theme::Theme;
use std::collections::BTreeMap;

/// One thing that can be settled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Setting {
    /// The length of a line.
    Measure,
    /// Where notes stand.
    Notes,
    /// How many pages stand side by side.
    Columns,
    /// Contents beside the text.
    Panel,
    /// Whether lines are filled.
    Justify,
    /// Whether words are parted.
    Hyphenate,
    /// How paragraphs are told apart.
    Paragraphs,
    /// Lines of a page that stand on the next one again.
    Overlap,
    /// Colours.
    Theme,
    /// How note references look.
    Figures,
    /// The width of ambiguous characters.
    Ambiguous,
    /// Who reorders lines that run from right to left.
    Bidi,
    /// Whose the mouse is.
    Mouse,
}

impl Setting {
    /// Every setting, in the order of the list.
    pub const ALL: [Setting; 13] = [
        Setting::Measure,
        Setting::Notes,
        Setting::Columns,
        Setting::Panel,
        Setting::Justify,
        Setting::Hyphenate,
        Setting::Paragraphs,
        Setting::Overlap,
        Setting::Theme,
        Setting::Figures,
        Setting::Ambiguous,
        Setting::Bidi,
        Setting::Mouse,
    ];

    /// The setting of this name.
    pub fn named(name: &str) -> Option<Setting> {
        Setting::ALL.into_iter().find(|setting| setting.name() == name)
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Setting::Measure => "measure",
            Setting::Notes => "notes",
            Setting::Columns => "columns",
            Setting::Panel => "contents",
            Setting::Justify => "justify",
            Setting::Hyphenate => "hyphenate",
            Setting::Paragraphs => "paragraphs",
            Setting::Overlap => "overlap",
            Setting::Theme => "theme",
            Setting::Figures => "figures",
            Setting::Ambiguous => "ambiguous",
            Setting::Bidi => "right-to-left",
            Setting::Mouse => "mouse",
        }
    }

    /// What it settles, in a few words.
    pub const fn does(self) -> &'static str {
        match self {
            Setting::Measure => "columns in a line",
            Setting::Notes => "where the notes stand",
            Setting::Columns => "pages side by side",
            Setting::Panel => "a list beside the text",
            Setting::Justify => "lines filled out",
            Setting::Hyphenate => "words parted at line ends",
            Setting::Paragraphs => "spaced, or indented",
            Setting::Overlap => "lines seen again on paging",
            Setting::Theme => "colours",
            Setting::Figures => "how note references look",
            Setting::Ambiguous => "cells of — “ § and their like",
            Setting::Bidi => "who orders Hebrew, Arabic",
            Setting::Mouse => "wheel and clicks for ibid",
        }
    }

    /// The value that some options have.
    pub fn value(self, options: &Options, themes: &[Theme]) -> String {
        let on = |is: bool| if is { "on" } else { "off" };
        match self {
            Setting::Measure => return options.measure.to_string(),
            Setting::Overlap => return options.overlap.to_string(),
            Setting::Theme => {
                return themes.get(options.theme).map_or_else(String::new, |t| t.name.to_string());
            }
            Setting::Notes => match options.notes {
                NotesPlace::Foot => "foot",
                NotesPlace::Margin => "margin",
                NotesPlace::Off => "off",
            },
            Setting::Columns => match options.columns {
                Columns::One => "one",
                Columns::Two => "two",
            },
            Setting::Justify => on(options.justify),
            Setting::Hyphenate => on(options.hyphenate),
            Setting::Paragraphs => match options.spacing {
                Spacing::Spaced => "spaced",
                Spacing::Indented => "indented",
            },
            Setting::Figures => match options.figures {
                Figures::Superscript => "raised",
                Figures::Brackets => "brackets",
            },
            Setting::Ambiguous => match options.ambiguous {
                Ambiguous::Narrow => "narrow",
                Ambiguous::Wide => "wide",
            },
            Setting::Bidi => match options.bidi {
                Bidi::Ours => "ibid",
                Bidi::Terminal => "terminal",
            },
            Setting::Panel => on(options.panel),
            Setting::Mouse => on(options.mouse),
        }
        .to_owned()
    }

    /// Gives options a value by its name; `false`, and nothing changed, if it has none of that name.
    pub fn set(self, options: &mut Options, themes: &[Theme], value: &str) -> bool {
        // Every value has one name, so each is tried until one bears it.
        let mut candidate = *options;
        for _ in 0..Self::MOST_VALUES {
            if self.value(&candidate, themes) == value {
                *options = candidate;
                return true;
            }
            self.turn(&mut candidate, themes);
            if self.value(&candidate, themes) == self.value(options, themes) {
                break;
            }
        }
        let number = value.parse::<u16>().ok();
        match (self, number) {
            (Setting::Measure, Some(n)) if MEASURES.contains(&n) => options.measure = n,
            _ => return false,
        }
        true
    }

    /// No setting has more values than this that one comes to by turning.
    const MOST_VALUES: usize = 256;

    /// Gives options the next value.
    pub fn turn(self, options: &mut Options, themes: &[Theme]) {
        match self {
            Setting::Measure => {
                let next = STEPS.into_iter().find(|step| *step > options.measure);
                options.measure = next.unwrap_or(STEPS[0]);
            }
            Setting::Notes => {
                options.notes = match options.notes {
                    NotesPlace::Foot => NotesPlace::Margin,
                    NotesPlace::Margin => NotesPlace::Off,
                    NotesPlace::Off => NotesPlace::Foot,
                }
            }
            Setting::Columns => {
                options.columns = match options.columns {
                    Columns::One => Columns::Two,
                    Columns::Two => Columns::One,
                }
            }
            Setting::Justify => options.justify = !options.justify,
            Setting::Hyphenate => options.hyphenate = !options.hyphenate,
            Setting::Paragraphs => {
                options.spacing = match options.spacing {
                    Spacing::Spaced => Spacing::Indented,
                    Spacing::Indented => Spacing::Spaced,
                }
            }
            Setting::Overlap => options.overlap = (options.overlap + 1) % 6,
            Setting::Theme => options.theme = (options.theme + 1) % themes.len().max(1),
            Setting::Figures => {
                options.figures = match options.figures {
                    Figures::Superscript => Figures::Brackets,
                    Figures::Brackets => Figures::Superscript,
                }
            }
            Setting::Ambiguous => {
                options.ambiguous = match options.ambiguous {
                    Ambiguous::Narrow => Ambiguous::Wide,
                    Ambiguous::Wide => Ambiguous::Narrow,
                }
            }
            Setting::Bidi => {
                options.bidi = match options.bidi {
                    Bidi::Ours => Bidi::Terminal,
                    Bidi::Terminal => Bidi::Ours,
                }
            }
            Setting::Panel => options.panel = !options.panel,
            Setting::Mouse => options.mouse = !options.mouse,
        }
    }
}

/// The measures that one comes to by turning: from a narrow column to a wide page.
const STEPS: [u16; 7] = [40, 50, 58, 66, 72, 80, 100];

/// The measures there can be, in cells.
const MEASURES: std::ops::RangeInclusive<u16> = 20..=200;

/// What a setting holds for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scope {
    /// All texts that have none of their own.
    All,
    /// This text.
    Text,
}

/// Where a value in force comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Origin {
    /// It is built in.
    BuiltIn,
    /// It was settled by a key.
    Settled(Scope),
}

impl Origin {
    /// How it is told.
    pub const fn words(self) -> &'static str {
        match self {
            Origin::BuiltIn => "default",
            Origin::Settled(Scope::All) => "all texts",
            Origin::Settled(Scope::Text) => "this text",
        }
    }
}

/// What was settled, by names: a setting or a value that this version does not know is carried along.
pub type Layer = BTreeMap<String, String>;

/// The layers over what is built in.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Settings {
    /// What holds for all texts.
    pub all: Layer,
    /// What holds for this one.
    pub text: Layer,
}

/// A setting that is to be written down; without a value, to be forgotten.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// The layer.
    pub scope: Scope,
    /// The setting, by its name.
    pub name: String,
    /// Its value, by its name.
    pub value: Option<String>,
}

impl Settings {
    /// What is built in, with the layers over it. Values that are not known are passed over.
    pub fn over(&self, mut options: Options, themes: &[Theme]) -> Options {
        for (name, value) in self.all.iter().chain(&self.text) {
            if let Some(setting) = Setting::named(name) {
                setting.set(&mut options, themes, value);
            }
        }
        options
    }

    /// Where the value of a setting comes from.
    pub fn origin(&self, setting: Setting) -> Origin {
        match setting.name() {
            name if self.text.contains_key(name) => Origin::Settled(Scope::Text),
            name if self.all.contains_key(name) => Origin::Settled(Scope::All),
            _ => Origin::BuiltIn,
        }
    }

    /// Takes a change in.
    pub fn take(&mut self, change: &Change) {
        let layer = match change.scope {
            Scope::All => &mut self.all,
            Scope::Text => &mut self.text,
        };
        match &change.value {
            Some(value) => layer.insert(change.name.clone(), value.clone()),
            None => layer.remove(&change.name),
        };
    }
}

/// A row for each setting: its name and value, where that comes from, what it settles.
pub fn items(settings: &Settings, options: &Options, themes: &[Theme]) -> Vec<Item> {
    let row = |setting: Setting| {
        let words =
            format!("{:<14}{:<10} {}", setting.name(), setting.value(options, themes), setting.does());
        Item::new(words, settings.origin(setting).words(), Goal::Setting(setting))
    };
    Setting::ALL.into_iter().map(row).collect()
}

impl State {
    /// Finds what has changed since the options were `before`, and settles it where the setting was settled last.
    pub(super) fn settle(&mut self, before: &Options) -> Vec<Change> {
        let mut changes = Vec::new();
        for setting in Setting::ALL {
            let value = setting.value(&self.options, &self.themes);
            if value != setting.value(before, &self.themes) {
                let scope = match self.settings.origin(setting) {
                    Origin::Settled(Scope::Text) => Scope::Text,
                    Origin::Settled(Scope::All) | Origin::BuiltIn => Scope::All,
                };
                changes.push(Change { scope, name: setting.name().to_owned(), value: Some(value) });
            }
        }
        changes.iter().for_each(|change| self.settings.take(change));
        changes
    }

    /// Gives the setting in the chosen row its next value.
    pub(super) fn turn_setting(&mut self, setting: Setting) {
        setting.turn(&mut self.options, &self.themes);
        self.set();
    }

    /// Makes the chosen setting one of this text alone, or again one of all texts.
    pub(super) fn settle_for_text(&mut self, setting: Setting) -> Vec<Change> {
        let name = setting.name().to_owned();
        let value = match self.settings.origin(setting) {
            Origin::Settled(Scope::Text) => None,
            Origin::Settled(Scope::All) | Origin::BuiltIn => Some(setting.value(&self.options, &self.themes)),
        };
        self.resettle(vec![Change { scope: Scope::Text, name, value }])
    }

    /// Forgets what was settled of the chosen setting, in the layer that is in force.
    pub(super) fn unsettle(&mut self, setting: Setting) -> Vec<Change> {
        match self.settings.origin(setting) {
            Origin::BuiltIn => {
                self.say("this is the default already");
                Vec::new()
            }
            Origin::Settled(scope) => {
                self.resettle(vec![Change { scope, name: setting.name().to_owned(), value: None }])
            }
        }
    }

    fn resettle(&mut self, changes: Vec<Change>) -> Vec<Change> {
        changes.iter().for_each(|change| self.settings.take(change));
        self.options = self.settings.over(self.built_in, &self.themes);
        self.set();
        changes
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::theme::carried;

    #[test]
    fn every_value_has_a_name_and_is_found_by_it() {
        let themes = carried();
        for setting in Setting::ALL {
            assert_eq!(Setting::named(setting.name()), Some(setting));
            let mut options = Options::default();
            for _ in 0..12 {
                let value = setting.value(&options, &themes);
                let mut other = Options::default();
                assert!(setting.set(&mut other, &themes, &value), "{} {value}", setting.name());
                assert_eq!(other, options);
                setting.turn(&mut options, &themes);
            }
            let before = options;
            assert!(!setting.set(&mut options, &themes, "nonsense") && options == before);
        }
    }

    #[test]
    fn any_measure_that_one_can_read_in_is_a_value() {
        let mut options = Options::default();
        for (value, taken) in [("67", true), ("20", true), ("200", true), ("19", false), ("201", false)] {
            assert_eq!(Setting::Measure.set(&mut options, &[], value), taken, "{value}");
        }
        assert_eq!(options.measure, 200);
    }

    #[test]
    fn this_text_goes_before_all_and_all_before_the_default() {
        let mut settings = Settings::default();
        let change = |scope, name: &str, value: Option<&str>| Change {
            scope,
            name: name.to_owned(),
            value: value.map(str::to_owned),
        };
        let measure = |settings: &Settings| settings.over(Options::default(), &[]).measure;
        assert_eq!((measure(&settings), settings.origin(Setting::Measure)), (66, Origin::BuiltIn));
        settings.take(&change(Scope::Text, "measure", Some("50")));
        settings.take(&change(Scope::All, "measure", Some("80")));
        assert_eq!(measure(&settings), 50);
        settings.take(&change(Scope::Text, "measure", None));
        assert_eq!(
            (measure(&settings), settings.origin(Setting::Measure)),
            (80, Origin::Settled(Scope::All))
        );
        // What a later version settled stays, and does nothing here.
        settings.take(&change(Scope::All, "ligatures", Some("on")));
        settings.take(&change(Scope::All, "justify", Some("loosely")));
        assert!(!settings.over(Options::default(), &[]).justify);
        assert!(settings.all.contains_key("ligatures"));
    }
}
