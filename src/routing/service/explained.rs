//! The facts about a door as one sentence, in English and in Chinese.

use std::fmt::{self, Write as _};

use super::explain::{Here, Neighbour, Obstacle, OtherWay, Why};

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let meals = if self.meals.0 == 1 { "1 meal".to_owned() } else { self.meals.to_string() };
        write!(f, "{} ({meals}, building {}, floor {}) ", self.id, self.building, self.floor)?;
        match (&self.here, &self.left_out) {
            (Some(here), _) => here_in_english(f, here)?,
            (None, Some(reason)) => write!(f, "is on no trip: {reason}")?,
            (None, None) => f.write_str("is on no trip")?,
        }
        match &self.other {
            Some(OtherWay { volunteer, more, obstacle: None }) if more.0 >= 0 => {
                write!(f, "; with {volunteer}, the next best, it would take {more} more")?;
            }
            Some(OtherWay { volunteer, more, obstacle: None }) => {
                write!(f, "; with {volunteer}, the next best, it would take {} s less", -more.0)?;
            }
            Some(OtherWay { volunteer, obstacle: Some(obstacle), .. }) => {
                write!(f, "; nobody else can take it: {volunteer}, the nearest, ")?;
                f.write_str(match obstacle {
                    Obstacle::Late => "would bring meals late",
                    Obstacle::BagFull => "has no room in the bag",
                    Obstacle::TooLong => "would be out too long",
                    Obstacle::OffDuty => "would be back after the end of duty",
                    Obstacle::Out => "has left already",
                    Obstacle::CannotClimb => "does not climb stairs",
                    Obstacle::Pinned => "may not have it, since it is pinned",
                })?;
            }
            None => {}
        }
        f.write_str(".")
    }
}

fn here_in_english(f: &mut fmt::Formatter<'_>, here: &Here) -> fmt::Result {
    write!(f, "is stop {} of {} with {}", here.place, here.of, here.volunteer)?;
    if here.visited {
        return f.write_str(" and has been visited");
    }
    if here.carried {
        f.write_str(", in a bag that has left")?;
    }
    if here.pinned {
        f.write_str(", pinned there by hand")?;
    }
    write!(f, ", where it costs {}", here.costs)?;
    match here.after {
        Neighbour::Kitchen => f.write_str(", first from the kitchen")?,
        Neighbour::SameFloor => f.write_str(", on the floor of the stop before")?,
        Neighbour::SameBuilding => f.write_str(", in the building of the stop before")?,
        Neighbour::Walk(walk) => write!(f, ", {walk} after the stop before")?,
    }
    match (here.same_building, here.same_floor) {
        (0, _) => {}
        (1, 0) => f.write_str(", with 1 other door of the building on the trip")?,
        (doors, 0) => write!(f, ", with {doors} other doors of the building on the trip")?,
        (1, _) => f.write_str(", with 1 other door of the building, on its floor, on the trip")?,
        (doors, floor) => {
            write!(
                f,
                ", with {doors} other doors of the building, {floor} on its floor, on the trip"
            )?;
        }
    }
    if let Some(more) = here.elsewhere {
        match more.0 {
            1.. => write!(f, ", {more} less than at any other place of the trip")?,
            0 => f.write_str(", as good as the next best place of the trip")?,
            less => write!(f, ", though {} s could be saved at another place", -less)?,
        }
    }
    if here.known {
        write!(f, ", and {} is known at the door", here.volunteer)?;
    } else if here.neighbour {
        write!(f, ", and {} lives in the building", here.volunteer)?;
    }
    if here.late.0 > 0 {
        write!(f, ", {} late", here.late)?;
    }
    Ok(())
}

impl Why {
    /// The same in Chinese; floors count from 1 there, as residents count them.
    pub fn zh(&self) -> String {
        let mut text = format!(
            "{}（{}号楼 {} 层，{} 份）",
            self.id,
            self.building,
            self.floor + 1,
            self.meals.0
        );
        if let Some(here) = &self.here {
            here_in_chinese(&mut text, here);
        } else {
            text.push_str("不在任何一趟里");
            if let Some(reason) = &self.left_out {
                let _ = write!(text, "：{}", reason.zh());
            }
        }
        match &self.other {
            Some(OtherWay { volunteer, more, obstacle: None }) if more.0 >= 0 => {
                let _ = write!(text, "；换给最合适的 {volunteer} 要多 {} 秒", more.0);
            }
            Some(OtherWay { volunteer, more, obstacle: None }) => {
                let _ = write!(text, "；换给最合适的 {volunteer} 可省 {} 秒", -more.0);
            }
            Some(OtherWay { volunteer, obstacle: Some(obstacle), .. }) => {
                let _ = write!(
                    text,
                    "；别人都送不了，最近的 {volunteer} {}",
                    match obstacle {
                        Obstacle::Late => "会送晚",
                        Obstacle::BagFull => "的袋子装不下",
                        Obstacle::TooLong => "会超过最长时间",
                        Obstacle::OffDuty => "会过了下班时间才回来",
                        Obstacle::Out => "已经出发",
                        Obstacle::CannotClimb => "不爬楼梯",
                        Obstacle::Pinned => "不能接，这户已指定给别人",
                    }
                );
            }
            None => {}
        }
        text.push('。');
        text
    }
}

fn here_in_chinese(text: &mut String, here: &Here) {
    let _ = write!(text, "由 {} 送，是 {} 户中的第 {} 户", here.volunteer, here.of, here.place);
    if here.visited {
        text.push_str("，已经送到");
        return;
    }
    if here.carried {
        text.push_str("，餐已带出");
    }
    if here.pinned {
        text.push_str("，已手工指定");
    }
    let _ = write!(text, "，在此用 {} 秒", here.costs.0);
    match here.after {
        Neighbour::Kitchen => text.push_str("，从厨房先到这里"),
        Neighbour::SameFloor => text.push_str("，与上一户同层"),
        Neighbour::SameBuilding => text.push_str("，与上一户同楼"),
        Neighbour::Walk(walk) => {
            let _ = write!(text, "，离上一户 {} 秒", walk.0);
        }
    }
    if here.same_building > 0 {
        let _ = write!(text, "，本趟同楼另有 {} 户", here.same_building);
    }
    if here.same_floor > 0 {
        let _ = write!(text, "（同层 {} 户）", here.same_floor);
    }
    match here.elsewhere.map(|more| more.0) {
        Some(more @ 1..) => {
            let _ = write!(text, "，放在本趟别处至少多 {more} 秒");
        }
        Some(less @ ..=-1) => {
            let _ = write!(text, "，放在本趟别处可省 {} 秒", -less);
        }
        _ => {}
    }
    if here.known {
        let _ = write!(text, "，住户认识 {}", here.volunteer);
    } else if here.neighbour {
        let _ = write!(text, "，{} 住在本楼", here.volunteer);
    }
    if here.late.0 > 0 {
        let _ = write!(text, "，会晚 {} 秒", here.late.0);
    }
}
