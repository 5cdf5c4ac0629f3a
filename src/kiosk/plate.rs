//! What lies in the drawn bowl beside a dish that has no picture, guessed from its name.

/// A kind of food that has a drawing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Food {
    /// Rice: where the name says nothing.
    #[default]
    Rice,
    /// Meat and poultry, braised.
    Meat,
    /// Fish and shellfish.
    Fish,
    /// Eggs.
    Egg,
    /// Gourds, roots and other coloured vegetables.
    Gourd,
    /// Beans, bean curd, mushrooms.
    Bean,
    /// Leaves.
    Greens,
}

/// Characters that tell a food, what weighs most on the plate first.
const TOLD_BY: [(Food, &str); 6] = [
    (Food::Fish, "鱼虾蟹鳝贝蛤鱿"),
    (Food::Meat, "肉排鸡鸭鹅牛羊肠丸蹄肚肝"),
    (Food::Egg, "蛋"),
    (Food::Gourd, "瓜茄椒薯芋笋藕卜"),
    (Food::Bean, "豆筋腐菇耳"),
    (Food::Greens, "菜菠芹蒿葱韭苗"),
];

impl Food {
    /// What a dish with this Chinese name mostly is.
    pub fn of(dish: &str) -> Self {
        let named = |letters: &str| dish.chars().any(|c| letters.contains(c));
        // Tofu skins, egg plants and the like fool it; then another bowl is drawn, no more.
        TOLD_BY.iter().find(|(_, letters)| named(letters)).map_or(Self::Rice, |(food, _)| *food)
    }
}

#[cfg(test)]
mod tests {
    use super::Food;

    #[test]
    fn the_dishes_of_a_week_lie_in_the_right_bowls() {
        for (dish, food) in [
            ("红烧大排", Food::Meat),
            ("葱油南瓜", Food::Gourd),
            ("炒空心菜", Food::Greens),
            ("清炒鱼片", Food::Fish),
            ("油焖茄子", Food::Gourd),
            ("鲜茄牛肉滑蛋", Food::Meat),
            ("榨菜毛豆烧冬瓜", Food::Gourd),
            ("香菇面筋", Food::Bean),
            ("番茄炒蛋", Food::Egg),
            ("八宝饭", Food::Rice),
        ] {
            assert_eq!(Food::of(dish), food, "{dish}");
        }
    }
}
