//! Closed sets that are stored, printed in JSON and parsed under one stable word each.

/// A word that is no member of a closed set.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{word}” is not a {set}; allowed: {allowed}")]
pub struct UnknownWord {
    /// The word that was found.
    pub word: String,
    /// The name of the set.
    pub set: &'static str,
    /// The members, separated by commas.
    pub allowed: String,
}

/// Defines a closed set whose members each have one stable word.
///
/// The word is what the database, JSON and the command line hold, so it never changes; the
/// generated code keeps the three from drifting apart.
#[macro_export]
macro_rules! text_enum {
    ($(#[$meta:meta])* $name:ident, $set:literal { $($(#[$vmeta:meta])* $variant:ident = $word:literal,)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant,)+ }

        impl $name {
            /// Every member, in order of definition.
            pub const ALL: &[$name] = &[$($name::$variant,)+];

            /// The stable word of this member.
            pub const fn as_str(self) -> &'static str {
                match self { $($name::$variant => $word,)+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.as_str())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::domain::text_enum::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|m| m.as_str() == word).ok_or_else(|| {
                    $crate::domain::text_enum::UnknownWord {
                        word: word.to_owned(),
                        set: $set,
                        allowed: Self::ALL.iter().map(|m| m.as_str()).collect::<Vec<_>>().join(", "),
                    }
                })
            }
        }
    };
}
