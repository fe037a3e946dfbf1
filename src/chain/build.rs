//! Chains of voices: the source, then the outlets of every scope that covers it, innermost first, then the publisher.

use crate::attribution::model::{Chain, Hand, Hop, How};
use crate::attribution::scope::Origin;
use crate::attribution::voice::{Level, Link, Node, Scope, UNKNOWN, Voice};
use crate::chain::reach::Reached;
use crate::sources::registry::Registry;

/// What chains are built from.
pub struct Builder<'b> {
    /// All voices of the article.
    pub voices: &'b [(Voice, Origin)],
    /// All scopes of the article.
    pub scopes: &'b [Scope],
    /// Which of them reach which voice.
    pub reached: &'b Reached,
    /// Who is who.
    pub registry: &'b Registry,
    /// Id of the publisher; `unknown` where nothing tells it.
    pub publisher: &'b str,
}

impl Builder<'_> {
    /// The chain that the text declares for voice `i`.
    pub fn chain(&self, i: usize) -> Chain {
        let voice = &self.voices[i].0;
        let nobody = Node::unknown();
        let origin = voice.source.as_ref().map_or(&nobody, |(_, node)| node);
        let mut covering: Vec<&Scope> =
            self.reached.scopes(i).iter().filter_map(|&s| self.scopes.get(s as usize)).collect();
        covering.sort_by_key(|scope| (scope.level, self.distance(scope, voice)));
        let own = voice.links.iter();
        // Of several labels or datelines the nearest one is meant; clauses and tags may stack.
        let mut seen_level: Vec<Level> = Vec::new();
        let outer = covering.iter().filter(|scope| {
            let single = scope.level >= Level::Label && seen_level.contains(&scope.level);
            seen_level.push(scope.level);
            !single
        });
        let mut links: Vec<&Link> = own.collect();
        let told = links.len();
        outer.for_each(|scope| carry_on(&mut links, told, scope));
        self.assemble(origin, &links, voice)
    }

    fn assemble(&self, origin: &Node, links: &[&Link], voice: &Voice) -> Chain {
        // A source that is itself an outlet of a scope starts the chain there; one that comes back behind a carrier of its
        // own closes a circle, which is written out.
        let starts_there = origin.outlet && voice.links.is_empty();
        let start = links.iter().rposition(|l| l.node.id == origin.id && starts_there).map_or(0, |i| i + 1);
        let mut nodes = vec![origin.id.clone()];
        let mut hops: Vec<Hop> = Vec::new();
        let mut between: Vec<&Node> = Vec::new();
        for link in &links[start..] {
            let from = nodes.last().cloned().unwrap_or_default();
            if link.node.id == from {
                continue;
            }
            hops.push(Hop {
                from,
                to: link.node.id.clone(),
                how: How::Declared,
                rule: link.rule.clone(),
                span: link.span,
            });
            nodes.push(link.node.id.clone());
            between.push(&link.node);
        }
        // The publisher as the outermost outlet of a scope is the page itself.
        while nodes.len() > 1 && self.publisher != UNKNOWN && nodes.last().is_some_and(|n| n == self.publisher) {
            nodes.pop();
            hops.pop();
            between.pop();
        }
        // A page that nobody knows is another nobody than a source that nobody knows.
        if self.publisher == UNKNOWN || nodes.last().is_none_or(|n| n != self.publisher) {
            nodes.push(self.publisher.to_owned());
        }
        let counted = u32::from(origin.outlet && origin.id != self.publisher) + between.len() as u32;
        let own_group = self.registry.group(self.publisher);
        let mut groups: Vec<&str> = own_group.into_iter().collect();
        let mut by_group = 0;
        let ids = origin.outlet.then_some(origin.id.as_str()).into_iter().chain(between.iter().map(|n| n.id.as_str()));
        for id in ids.filter(|id| *id != self.publisher) {
            match self.registry.group(id) {
                Some(group) if groups.contains(&group) => {}
                Some(group) => {
                    groups.push(group);
                    by_group += 1;
                }
                None => by_group += 1,
            }
        }
        Chain {
            hand: hand(origin, counted, voice),
            hand_by_group: hand(origin, by_group, voice),
            outlets: counted,
            nodes,
            hops,
        }
    }

    fn distance(&self, scope: &Scope, voice: &Voice) -> u32 {
        scope.links.first().map_or(u32::MAX, |l| l.span.start.abs_diff(voice.start()))
    }
}

/// Adds the links of an outer scope. A label that names once more whom a tag names carries nothing twice; what the first
/// `told` links carry, the speaker's own words, comes back in it only by a circle.
fn carry_on<'s>(links: &mut Vec<&'s Link>, told: usize, scope: &'s Scope) {
    let same = |inner: &&Link, outer: &Link| inner.node.id == outer.node.id;
    let nearest = links.last().is_some_and(|inner| scope.links.last().is_some_and(|outer| same(inner, outer)));
    if scope.level < Level::Label || !nearest {
        links.extend(&scope.links);
        return;
    }
    let shared = links.len().min(scope.links.len());
    let ends = links[links.len() - shared..].iter().zip(&scope.links[scope.links.len() - shared..]);
    let alike = ends.into_iter().all(|(inner, outer)| same(inner, outer));
    if alike && scope.links.len() <= links.len() {
        return;
    }
    // The label tells more of the way than the words before it.
    if alike && told == 0 {
        *links = scope.links.iter().collect();
    } else if told > 0 {
        links.extend(&scope.links);
    }
}

fn hand(origin: &Node, outlets: u32, voice: &Voice) -> Hand {
    if voice.source.is_none() || origin.is_unknown() {
        return Hand::Unattributed;
    }
    if origin.id.starts_with("class:") {
        return Hand::Vague;
    }
    if origin.id.starts_with("anonymous:") || origin.id == "anonymous" {
        return Hand::Anonymous;
    }
    match outlets {
        0 => Hand::Firsthand,
        1 => Hand::Secondhand,
        _ => Hand::Thirdhand,
    }
}
