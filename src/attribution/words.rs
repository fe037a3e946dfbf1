//! The contract's words for what the model tells apart.

use super::model::{AttributionKind, Basis, Form, Hand, SourceClass};

/// The contract's word for a kind of attribution.
pub fn kind_word(kind: AttributionKind) -> &'static str {
    match kind {
        AttributionKind::Statement => "statement",
        AttributionKind::Report => "report",
        AttributionKind::Media => "media",
        AttributionKind::Silence => "silence",
        AttributionKind::Reaction => "reaction",
        AttributionKind::Belief => "belief",
        AttributionKind::RelayLine => "relay-line",
        AttributionKind::Contribution => "contribution",
    }
}

/// The contract's word for a form.
pub fn form_word(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Mixed => "mixed",
        Form::Indirect => "indirect",
        Form::None => "none",
    }
}

/// The contract's word for a class of source.
pub fn class_word(class: SourceClass) -> &'static str {
    match class {
        SourceClass::Person => "person",
        SourceClass::Institution => "institution",
        SourceClass::Outlet => "outlet",
        SourceClass::Wire => "wire",
        SourceClass::Document => "document",
        SourceClass::Collective => "collective",
        SourceClass::Anonymous => "anonymous",
        SourceClass::Metonym => "metonym",
    }
}

/// The contract's word for a hand.
pub fn hand_word(hand: Hand) -> &'static str {
    match hand {
        Hand::Firsthand => "firsthand",
        Hand::Secondhand => "secondhand",
        Hand::Thirdhand => "thirdhand",
        Hand::Vague => "vague",
        Hand::Anonymous => "anonymous",
        Hand::Unattributed => "unattributed",
    }
}

/// The contract's word for how an attribution was read.
pub fn basis_word(basis: Basis) -> &'static str {
    match basis {
        Basis::Pattern => "pattern",
        Basis::Quotation => "quotation",
        Basis::Carried => "carried",
        Basis::Scope => "scope",
        Basis::Inferred => "inferred",
    }
}
