//! The week's menus as the canteen cooks them, Tuesday to Friday.

use std::collections::BTreeMap;

use jiff::civil::date;

use crate::domain::{Allergen, Category, Dish, Fen, Substitute};
use crate::import::{DayMenu, WeekTemplate};

use Allergen::{Beef, Egg, Fish, Gluten, Pork, Soya};

/// The menus of the sample: Tuesday to Friday, 300 portions at 20 yuan for seniors.
///
/// Soy sauce is brewed with wheat, so what is braised in it contains gluten as well as soya.
pub fn week() -> WeekTemplate {
    let mut template = WeekTemplate::default();
    template.week[1] = Some(day(vec![
        dish("红烧大排", "Braised pork chop", &[Pork, Soya, Gluten]).or(
            "红烧鸡腿",
            "Braised chicken leg",
            &[Soya, Gluten],
        ),
        dish("葱油南瓜", "Scallion oil pumpkin", &[]).plain(),
        dish("炒空心菜", "Fried water spinach", &[]).plain(),
    ]));
    template.week[2] = Some(day(vec![
        dish("清炒鱼片", "Fried fish fillets", &[Fish, Egg]).or(
            "清炒鸡片",
            "Stir-fried chicken slices",
            &[],
        ),
        dish("油焖茄子", "Braised aubergine", &[Soya, Gluten]).plain(),
        dish("炒茼蒿菜", "Fried crown daisy", &[]).plain(),
    ]));
    template.week[3] = Some(day(vec![
        dish("鲜茄牛肉滑蛋", "Beef, tomato and egg", &[Beef, Egg]).or(
            "番茄鸡片",
            "Chicken slices with tomato",
            &[],
        ),
        dish("榨菜毛豆烧冬瓜", "Winter melon, pickle", &[Soya]).plain(),
        dish("炒杭白菜", "Stir-fried cabbage", &[]).plain(),
    ]));
    template.week[4] = Some(day(vec![
        dish("青椒鸡丁炒香菇", "Chicken with peppers", &[Soya, Gluten]).plain(),
        dish("长豇豆炒香肠", "Beans with sausage", &[Pork, Soya]).or(
            "清炒长豇豆",
            "Stir-fried yard-long beans",
            &[],
        ),
        dish("炒青菜", "Stir-fried pak choi", &[]).plain(),
    ]));
    template.closed.insert(date(2027, 1, 1), "元旦".to_owned());
    template
}

fn day(dishes: Vec<Dish>) -> DayMenu {
    let prices = BTreeMap::from([
        (Category::Senior, Fen::yuan(20)),
        (Category::Hardship, Fen::yuan(10)),
        (Category::Volunteer, Fen::yuan(20)),
        (Category::Guest, Fen::yuan(28)),
    ]);
    DayMenu { dishes, portions: 300, prices }
}

/// A dish that still has to say whether something stands in for it.
struct Half(Substitute);

fn dish(zh: &str, en: &str, allergens: &[Allergen]) -> Half {
    let mut allergens = allergens.to_vec();
    allergens.sort_unstable();
    Half(Substitute { zh: zh.to_owned(), en: en.to_owned(), allergens })
}

impl Half {
    fn plain(self) -> Dish {
        let Substitute { zh, en, allergens } = self.0;
        Dish { zh, en, allergens, substitute: None }
    }

    fn or(self, zh: &str, en: &str, allergens: &[Allergen]) -> Dish {
        Dish { substitute: Some(dish(zh, en, allergens).0), ..self.plain() }
    }
}
