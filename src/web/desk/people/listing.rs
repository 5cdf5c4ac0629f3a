//! What the pages of residents and of volunteers have in common.

use crate::domain::{Resident, Volunteer};
use crate::registry::Kept;
use crate::web::routes;
use crate::web::view::View;

/// People with pages of their own.
pub trait Listing: Kept {
    /// Where their list is.
    const PATH: &'static str;
    /// The file that an export is called, without its ending.
    const FILE: &'static str;
    /// What they are called, in Chinese and English.
    const TITLE: (&'static str, &'static str);
    /// The headings that a list needs, in Chinese and English.
    const NEEDED: (&'static str, &'static str);
    /// Who it is, in a line of a list.
    fn who(&self) -> String;
}

impl Listing for Resident {
    const PATH: &'static str = "/people/residents";
    const FILE: &'static str = "residents";
    const TITLE: (&'static str, &'static str) = ("居民", "Residents");
    const NEEDED: (&'static str, &'static str) = (
        "楼号、室号、姓名、类别；可以有：电话、忌口、口味、厨房备注、备注、最晚用餐",
        "building, room, name, category; and, if you like, phone, allergies, usual, kitchen_note, door_note, eat_by",
    );
    fn who(&self) -> String {
        format!("{}-{} {}", self.door.building, self.door.room(), self.name)
    }
}

impl Listing for Volunteer {
    const PATH: &'static str = "/people/volunteers";
    const FILE: &'static str = "volunteers";
    const TITLE: (&'static str, &'static str) = ("志愿者", "Volunteers");
    const NEEDED: (&'static str, &'static str) = (
        "姓名、身份、编号、口令、容量、最长分钟；可以有：电话、楼组、爬楼、住楼、最多趟数",
        "name, kind, badge, pin, capacity, max_minutes; and, if you like, phone, leads, climbs, home_building, max_trips",
    );
    fn who(&self) -> String {
        format!("{} {}", self.badge, self.name)
    }
}

/// A link to a list of people: where, its word, whether it is this one.
pub type Tab = (&'static str, &'static str, bool);

/// The lists that this role may open.
pub fn tabs(v: &View, here: &str) -> Vec<Tab> {
    let Some((_, role)) = v.who else { return Vec::new() };
    [
        ("/people/residents", "居民", "Residents"),
        ("/people/volunteers", "志愿者", "Volunteers"),
        ("/people/buildings", "楼", "Buildings"),
        ("/people/cards", "饭卡", "Cards"),
    ]
    .into_iter()
    .filter(|(path, ..)| routes::may_open(path, role))
    .map(|(path, zh, en)| (path, v.lang.pick(zh, en), path == here))
    .collect()
}

/// One page of a list: how many there are, which page, how many pages, who stands on it.
pub fn page_of<T>(all: Vec<T>, page: usize, per_page: usize) -> (usize, usize, usize, Vec<T>) {
    let (found, pages) = (all.len(), all.len().div_ceil(per_page).max(1));
    let page = page.clamp(1, pages);
    let here = all.into_iter().skip((page - 1) * per_page).take(per_page).collect();
    (found, page, pages, here)
}
