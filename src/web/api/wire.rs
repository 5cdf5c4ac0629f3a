//! What goes over the wire, apart from the types of the house, so that these can change and the
//! interface stays.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use utoipa::openapi::schema::{ObjectBuilder, Type};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};

use crate::domain::{
    Allergen, Category, Dish, Fulfilment, Order, OrderState, PaymentMethod, PaymentState, Portions,
    Preferences,
};

/// Closed sets are described by their words.
macro_rules! described {
    ($($set:ident),+) => {$(
        impl PartialSchema for $set {
            fn schema() -> RefOr<Schema> {
                let words = $set::ALL.iter().map(|member| member.as_str());
                ObjectBuilder::new().schema_type(Type::String).enum_values(Some(words)).into()
            }
        }
        impl ToSchema for $set {}
    )+};
}
described!(Allergen, Category, Fulfilment, OrderState, PaymentMethod, PaymentState);

impl PartialSchema for Portions {
    fn schema() -> RefOr<Schema> {
        ObjectBuilder::new()
            .schema_type(Type::Integer)
            .minimum(Some(1))
            .maximum(Some(Portions::MAX))
            .description(Some("1 to 4."))
            .into()
    }
}
impl ToSchema for Portions {}

/// A date on which lunch is served, or not.
#[derive(Debug, Serialize, ToSchema)]
pub struct DayOut {
    /// The date.
    #[schema(value_type = String, format = Date)]
    pub date: String,
    /// Why there is no lunch, if there is none.
    pub closed: Option<String>,
    /// The dishes; empty while no menu is written.
    pub dishes: Vec<DishOut>,
    /// What a portion costs, in fen, by who eats it.
    pub prices_fen: BTreeMap<String, i64>,
    /// Portions still for sale.
    pub portions_left: u32,
    /// Each way of eating, and until when it can be ordered.
    pub ways: Vec<WayOut>,
}

/// A dish.
#[derive(Debug, Serialize, ToSchema)]
pub struct DishOut {
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English; may be empty.
    pub en: String,
    /// What it contains.
    pub allergens: Vec<Allergen>,
    /// What is served instead on request.
    pub substitute: Option<SubstituteOut>,
}

/// A dish that stands in for another.
#[derive(Debug, Serialize, ToSchema)]
pub struct SubstituteOut {
    /// Its name in Chinese.
    pub zh: String,
    /// Its name in English; may be empty.
    pub en: String,
    /// What it contains.
    pub allergens: Vec<Allergen>,
}

impl From<Dish> for DishOut {
    fn from(Dish { zh, en, allergens, substitute }: Dish) -> Self {
        let substitute =
            substitute.map(|s| SubstituteOut { zh: s.zh, en: s.en, allergens: s.allergens });
        Self { zh, en, allergens, substitute }
    }
}

/// A way of eating on a date.
#[derive(Debug, Serialize, ToSchema)]
pub struct WayOut {
    /// The way.
    pub way: Fulfilment,
    /// The last moment to order.
    #[schema(value_type = String, format = DateTime)]
    pub until: Timestamp,
    /// Whether it can be ordered now.
    pub open: bool,
}

/// A resident.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResidentOut {
    /// Identity.
    pub id: String,
    /// Full name.
    pub name: String,
    /// Where they live: building, hyphen, room.
    #[schema(example = "7-1203")]
    pub door: String,
    /// The price group.
    pub category: Category,
    /// What they must not be served.
    pub allergies: Vec<Allergen>,
}

/// A resident with what an order needs.
#[derive(Debug, Serialize, ToSchema)]
pub struct ResidentWholeOut {
    /// Who.
    #[serde(flatten)]
    pub resident: ResidentOut,
    /// What is usually done differently.
    pub usual: PreferencesWire,
    /// What the prepaid account holds, in fen.
    pub balance_fen: i64,
}

/// What the kitchen does differently.
#[derive(Debug, Default, Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields, default)]
#[expect(clippy::struct_excessive_bools, reason = "wishes are independent of each other")]
pub struct PreferencesWire {
    /// Less salt.
    pub less_salt: bool,
    /// Cooked softer.
    pub softer: bool,
    /// Less rice.
    pub less_rice: bool,
    /// The menu's substitute dish.
    pub substitute: bool,
    /// A short note for the cook.
    #[schema(max_length = 24)]
    pub note: String,
}

impl From<&Preferences> for PreferencesWire {
    fn from(wished: &Preferences) -> Self {
        let Preferences { less_salt, softer, less_rice, substitute, note } = wished.clone();
        Self { less_salt, softer, less_rice, substitute, note }
    }
}

impl From<PreferencesWire> for Preferences {
    fn from(wire: PreferencesWire) -> Self {
        let PreferencesWire { less_salt, softer, less_rice, substitute, note } = wire;
        Self { less_salt, softer, less_rice, substitute, note: note.trim().to_owned() }
    }
}

/// An order.
#[derive(Debug, Serialize, ToSchema)]
pub struct OrderOut {
    /// Identity.
    pub id: String,
    /// The date it is eaten on.
    #[schema(value_type = String, format = Date)]
    pub date: String,
    /// The pick-up number of that date.
    pub number: u32,
    /// How it reaches its eater.
    pub way: Fulfilment,
    /// How many.
    pub portions: Portions,
    /// What is done differently.
    pub preferences: PreferencesWire,
    /// The price group it was sold at.
    pub category: Category,
    /// Who eats it; none for somebody the kiosk does not know.
    pub resident: Option<String>,
    /// Where it is carried, for a delivery.
    pub door: Option<String>,
    /// What it costs, in fen.
    pub total_fen: i64,
    /// Whether the money has come.
    pub payment: PaymentState,
    /// How it came, once it has.
    pub paid_by: Option<PaymentMethod>,
    /// How far it has come.
    pub state: OrderState,
    /// When it was placed.
    #[schema(value_type = String, format = DateTime)]
    pub placed_at: Timestamp,
}

impl From<&Order> for OrderOut {
    fn from(order: &Order) -> Self {
        Self {
            id: order.id.to_string(),
            date: order.date.to_string(),
            number: order.number,
            way: order.fulfilment,
            portions: order.portions,
            preferences: (&order.preferences).into(),
            category: order.category,
            resident: order.resident.map(|id| id.to_string()),
            door: order.door.as_ref().map(door),
            total_fen: order.total.0,
            payment: order.payment,
            paid_by: order.method,
            state: order.state,
            placed_at: order.placed_at,
        }
    }
}

/// A door as it is written: `7-1203`.
pub fn door(door: &crate::domain::Door) -> String {
    format!("{}-{}", door.building, door.room())
}

/// How an order is to be paid.
#[derive(Debug, Clone, Copy, Default, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum PayWire {
    /// In cash, at the desk or at the door.
    #[default]
    Later,
    /// From the prepaid account, at once.
    Account,
}

/// An order that is asked for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct OrderIn {
    /// The resident's id.
    #[schema(format = Uuid)]
    pub resident: String,
    /// The date it is eaten on.
    #[schema(format = Date)]
    pub date: String,
    /// How it reaches its eater.
    pub way: Fulfilment,
    /// How many.
    #[serde(deserialize_with = "whole")]
    pub portions: Portions,
    /// What is done differently.
    #[serde(default)]
    pub preferences: PreferencesWire,
    /// How it is paid.
    #[serde(default)]
    pub pay: PayWire,
}

/// A change of an order; what is missing stays.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct AmendIn {
    /// Another way of eating.
    pub way: Option<Fulfilment>,
    /// Another count.
    #[serde(default, deserialize_with = "maybe_whole")]
    pub portions: Option<Portions>,
    /// Other wishes, in place of all of the old ones.
    pub preferences: Option<PreferencesWire>,
}

/// Whom to find.
#[derive(Debug, Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct FindIn {
    /// A door (`7-1203`), a building (`7`) or a part of a name.
    #[param(min_length = 1, max_length = 40)]
    pub find: String,
}

/// A count, which JSON may also write as `2.0`.
fn whole<'de, D: Deserializer<'de>>(from: D) -> Result<Portions, D::Error> {
    let count = f64::deserialize(from)?;
    let fits = count.fract() == 0.0 && (0.0..=f64::from(u8::MAX)).contains(&count);
    let count = fits.then_some(count as u8).ok_or_else(|| D::Error::custom("a whole number"))?;
    Portions::new(count).map_err(D::Error::custom)
}

fn maybe_whole<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Portions>, D::Error> {
    struct Whole(Portions);
    impl<'de> Deserialize<'de> for Whole {
        fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
            whole(from).map(Self)
        }
    }
    Ok(Option::<Whole>::deserialize(from)?.map(|whole| whole.0))
}
