//! Finished results become output. Nothing here decides anything: views arrange what the engine found,
//! templates and tables draw views.

pub mod escape;
pub mod files;
pub mod findings;
pub mod format;
pub mod scaffold;
pub mod schema;
pub mod template;
pub mod terminal;
pub mod view;
pub mod words;

pub use format::Format;
pub use words::Words;
