//! A chain drawn downwards, each link with the words that declare it.

use super::names::Names;
use super::overview::node_names;
use super::place::Places;
use super::terminal::{NAME, QUIET, columns, isolated, shortened};
use crate::article::Article;
use crate::attribution::model::{Chain, How};

/// Columns by which each link stands further in.
const STEP: usize = 3;

/// The lines of a chain, of at most `room` columns: the origin, then every outlet with its hop, then the publisher.
pub fn draw(article: &Article, chain: &Chain, names: &Names<'_>, places: &Places<'_>, room: usize) -> Vec<String> {
    let node_names = node_names(&chain.nodes, names);
    let name_room = (room / 2).max(20);
    let shown: Vec<String> = node_names
        .iter()
        .enumerate()
        .map(|(index, name)| {
            let branch = if index == 0 { String::new() } else { format!("{:1$}└─ ", "", (index - 1) * STEP) };
            // A link without a hop has the line for itself.
            let told = index.checked_sub(1).is_some_and(|hop| hop < chain.hops.len());
            let left = if told { name_room } else { room };
            format!("{branch}{}", shortened(name, left.saturating_sub(columns(&branch)).max(8)))
        })
        .collect();
    let told = shown.iter().skip(1).take(chain.hops.len());
    let widest = told.map(|line| columns(line)).max().unwrap_or(0);
    let mut out = Vec::new();
    for (index, line) in shown.iter().enumerate() {
        let name = line.trim_start_matches([' ', '└', '─']);
        let branch = &line[..line.len() - name.len()];
        let told = index.checked_sub(1).and_then(|index| chain.hops.get(index)).map(|hop| {
            let inferred = if hop.how == How::Inferred { "inferred from " } else { "" };
            (format!("{inferred}{}", places.long(hop.span)), article.words(hop.span))
        });
        let mut text = format!("{QUIET}{branch}{QUIET:#}{NAME}{}{NAME:#}", isolated(name));
        if let Some((place, words)) = told {
            let left = room.saturating_sub(widest + 2 + columns(&place) + 2);
            let words = if left < 8 { String::new() } else { shortened(words, left) };
            let gap = widest.saturating_sub(columns(line)) + 2;
            let told = format!("{:gap$}{QUIET}{place}  {}{QUIET:#}", "", isolated(&words));
            if widest + 2 + columns(&place) <= room {
                text.push_str(told.trim_end());
            }
        }
        out.push(text);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::sample;
    use crate::sources::registry::Registry;

    #[test]
    fn every_link_stands_below_the_one_before_with_its_words() {
        let record = sample::record();
        let registry = Registry::new(&sample::rules());
        let names = Names::new(&registry, &[]);
        let places = Places::new(&record.article);
        let lines = |room| -> Vec<String> {
            let lines = draw(&record.article, &record.attributions[1].chain, &names, &places, room);
            lines.iter().map(|line| anstream::adapter::strip_str(line).to_string()).collect()
        };
        let drawn = lines(80);
        assert_eq!((drawn.len(), drawn[0].as_str()), (3, "Ada Quill"));
        assert!(drawn[1].starts_with("└─ Coast Wire  ") && drawn[1].ends_with("line 3  according to Coast Wire"));
        assert_eq!(drawn[2], "   └─ The Harbour Post");
        for room in [36, 50, 190] {
            assert!(lines(room).iter().all(|line| columns(line) <= room), "{room}");
        }
    }
}
