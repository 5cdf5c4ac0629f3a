//! The ground plan: six by five plots between lanes, 348 m by 300 m.
//!
//! The clubhouse stands in the middle with a garden beside it; a building on each other plot, 25
//! towers and, in the last corner to be numbered, 3 walk-ups from before the towers.

use super::dice::Dice;
use crate::domain::Building;
use crate::import::{Compound, NodeKind, PathEdge, PathNode};

/// Plots from west to east and from south to north.
const COLUMNS: usize = 6;
const ROWS: usize = 5;
/// Size of a plot in millimetres.
const PLOT_X: i64 = 58_000;
const PLOT_Y: i64 = 60_000;
/// The plots (row, column) of the clubhouse and the garden.
const CLUBHOUSE: (usize, usize) = (2, 3);
const GARDEN: (usize, usize) = (2, 2);
/// Buildings from this number on are walk-ups.
const FIRST_WALK_UP: usize = 26;
/// A few buildings have a name besides their number.
const NAMES: [(usize, &str); 6] =
    [(3, "香樟楼"), (8, "银杏楼"), (12, "桂花楼"), (17, "玉兰楼"), (21, "紫薇楼"), (26, "老公房")];

/// The sample compound: 25 high-rises, 3 walk-ups, their footpaths and the clubhouse kitchen.
pub fn compound(seed: u64) -> Compound {
    let mut plan = Plan { dice: Dice::new(seed, 1), nodes: Vec::new(), edges: Vec::new() };
    let lanes = plan.lanes();
    let kitchen = plan.clubhouse(&lanes);
    let mut buildings = Vec::new();
    for row in 0..ROWS {
        for step in 0..COLUMNS {
            // Numbers wind through the rows, as a postman would walk.
            let column = if row % 2 == 0 { step } else { COLUMNS - 1 - step };
            if ![CLUBHOUSE, GARDEN].contains(&(row, column)) {
                let entrance = plan.entrance(&lanes, row, column);
                buildings.push(building(&mut plan.dice, buildings.len() + 1, entrance));
            }
        }
    }
    let name = "银杏苑（样例小区）".to_owned();
    Compound { name, kitchen, nodes: plan.nodes, edges: plan.edges, buildings }.renumbered()
}

fn building(dice: &mut Dice, number: usize, entrance: u32) -> Building {
    let tower = number < FIRST_WALK_UP;
    let name = NAMES.iter().find(|(n, _)| *n == number).map_or("", |(_, name)| name);
    Building {
        number: number.to_string(),
        name: name.to_owned(),
        entrance,
        floors: if tower { dice.between(18, 30) as u8 } else { 6 },
        first_flat_floor: if tower { 2 } else { 1 },
        flats_per_floor: if tower { dice.pick(&[2, 3, 4, 4, 4, 4]) } else { 3 },
        lifts: if tower { dice.pick(&[1, 2, 2, 2]) } else { 0 },
    }
}

/// Crossings of the lanes, and where each plot's own path leaves the lane north of it.
struct Lanes {
    crossing: [[u32; COLUMNS + 1]; ROWS + 1],
    turning: [[u32; COLUMNS]; ROWS],
}

struct Plan {
    dice: Dice,
    nodes: Vec<PathNode>,
    edges: Vec<PathEdge>,
}

impl Plan {
    fn node(&mut self, x_mm: i64, y_mm: i64, kind: NodeKind) -> u32 {
        let id = self.nodes.len() as u32;
        self.nodes.push(PathNode { id, x_mm, y_mm, kind });
        id
    }

    /// A path that winds: up to 8 % longer than straight.
    fn edge(&mut self, a: u32, b: u32, steps: bool) {
        let (from, to) = (&self.nodes[a as usize], &self.nodes[b as usize]);
        let (dx, dy) = (from.x_mm.abs_diff(to.x_mm), from.y_mm.abs_diff(to.y_mm));
        let straight = (dx * dx + dy * dy).isqrt() / 100;
        let decimetres = (straight * self.dice.between(100, 108).unsigned_abs() / 100) as u32;
        self.edges.push(PathEdge { a, b, decimetres, steps });
    }

    fn lanes(&mut self) -> Lanes {
        let mut lanes = Lanes { crossing: Default::default(), turning: Default::default() };
        for row in 0..=ROWS {
            for column in 0..=COLUMNS {
                // The lanes along the wall are straight, those inside are not.
                let inside = |at: usize, last: usize| at > 0 && at < last;
                let shift_x =
                    if inside(column, COLUMNS) { self.dice.between(-5000, 5000) } else { 0 };
                let shift_y = if inside(row, ROWS) { self.dice.between(-4000, 4000) } else { 0 };
                let (x, y) = (column as i64 * PLOT_X + shift_x, row as i64 * PLOT_Y + shift_y);
                lanes.crossing[row][column] = self.node(x, y, NodeKind::Junction);
            }
        }
        for column in 0..COLUMNS {
            self.edge(lanes.crossing[0][column], lanes.crossing[0][column + 1], false);
        }
        for row in 0..ROWS {
            for column in 0..COLUMNS {
                let (west, east) =
                    (lanes.crossing[row + 1][column], lanes.crossing[row + 1][column + 1]);
                let turning = self.between(west, east);
                lanes.turning[row][column] = turning;
                self.edge(west, turning, false);
                self.edge(turning, east, false);
            }
        }
        for row in 0..ROWS {
            for column in 0..=COLUMNS {
                // The wall's lanes and the avenue in the middle are whole; the others have gaps.
                let whole = [0, COLUMNS / 2, COLUMNS].contains(&column);
                if whole || self.dice.chance(60) {
                    let steps = !whole && self.dice.chance(15);
                    self.edge(lanes.crossing[row][column], lanes.crossing[row + 1][column], steps);
                }
            }
        }
        lanes
    }

    /// A node on the straight line between two, near its middle.
    fn between(&mut self, a: u32, b: u32) -> u32 {
        let share = self.dice.between(38, 62);
        let (from, to) = (self.nodes[a as usize], self.nodes[b as usize]);
        let x = from.x_mm + (to.x_mm - from.x_mm) * share / 100;
        let y = from.y_mm + (to.y_mm - from.y_mm) * share / 100;
        self.node(x, y, NodeKind::Junction)
    }

    fn clubhouse(&mut self, lanes: &Lanes) -> u32 {
        let (row, column) = CLUBHOUSE;
        let (x, y) = middle(row, column);
        let kitchen = self.node(x, y + 4000, NodeKind::Kitchen);
        self.edge(kitchen, lanes.turning[row][column], false);
        self.edge(kitchen, lanes.crossing[row][column], false);
        self.edge(kitchen, lanes.crossing[row][column + 1], false);
        // Through the garden: a bridge over the pond, with steps on the far side.
        let (row, column) = GARDEN;
        let (x, y) = middle(row, column);
        let bridge = self.node(x - 3000, y - 2000, NodeKind::Junction);
        self.edge(kitchen, bridge, false);
        self.edge(bridge, lanes.turning[row][column], false);
        self.edge(bridge, lanes.crossing[row][column], true);
        kitchen
    }

    /// Entrances are on the north side, away from the sun that the flats face.
    fn entrance(&mut self, lanes: &Lanes, row: usize, column: usize) -> u32 {
        let (x, y) = middle(row, column);
        let x = x + self.dice.between(-8000, 8000);
        let y = y + self.dice.between(2000, 10_000);
        let entrance = self.node(x, y, NodeKind::Entrance);
        self.edge(entrance, lanes.turning[row][column], false);
        if self.dice.chance(40) {
            let south = row
                .checked_sub(1)
                .map_or(lanes.crossing[0][column], |below| lanes.turning[below][column]);
            let steps = self.dice.chance(25);
            self.edge(entrance, south, steps);
        }
        entrance
    }
}

/// The middle of a plot.
fn middle(row: usize, column: usize) -> (i64, i64) {
    (column as i64 * PLOT_X + PLOT_X / 2, row as i64 * PLOT_Y + PLOT_Y / 2)
}
