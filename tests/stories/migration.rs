//! A database of the first version goes on, with every row as it was.

use clubhouse_kiosk::error::Error;
use clubhouse_kiosk::store::{Store, checks, duty, lifts, residents, rounds, volunteers};
use rusqlite::Connection;

const FIRST: &str = include_str!("../../migrations/0001_initial.sql");

const ROWS: &str = "
    INSERT INTO path_nodes VALUES (1, 0, 0, 'kitchen'), (2, 9000, 0, 'entrance');
    INSERT INTO buildings VALUES ('7', 0, '', 2, 18, 2, 4, 2);
    INSERT INTO residents (id, name, building, floor, flat, category)
        VALUES ('01900000-0000-7000-8000-000000000001', '王秀英', '7', 12, 3, 'senior');
    INSERT INTO volunteers (id, badge, name, kind, leads, pin, capacity, max_round_s)
        VALUES ('01900000-0000-7000-8000-000000000002', 101, '陈国强', 'building_leader', '7', '2468', 12, 2400);
    INSERT INTO service_days (service_date, last_number, sold, planned_at)
        VALUES ('2026-11-24', 1, 1, 1000);
    INSERT INTO orders (id, service_date, number, code, fulfilment, portions, category, resident_id,
            building, floor, flat, total_fen, payment, state, placed_at, changed_at)
        VALUES ('01900000-0000-7000-8000-000000000003', '2026-11-24', 1, 'ABCDEF', 'delivery', 1,
            'senior', '01900000-0000-7000-8000-000000000001', '7', 12, 3, 2000, 'due', 'on_round', 1, 1);
    INSERT INTO duty VALUES ('2026-11-24', '01900000-0000-7000-8000-000000000002', 1);
    INSERT INTO rounds VALUES ('01900000-0000-7000-8000-000000000004', '2026-11-24', 1,
        '01900000-0000-7000-8000-000000000002', 'out', 5000, 600, 1000, 6000);
    INSERT INTO welfare_checks (id, order_id, opened_at, closed_at, finding, closed_by)
        VALUES ('01900000-0000-7000-8000-000000000005', '01900000-0000-7000-8000-000000000003', 8000,
            9000, '在家', '陈国强');
    INSERT INTO stops VALUES ('01900000-0000-7000-8000-000000000004', 0,
        '01900000-0000-7000-8000-000000000003', 7000);
";

#[test]
fn rows_of_the_first_version_get_the_defaults_of_the_second() {
    let folder = tempfile::TempDir::new().unwrap();
    let path = folder.path().join("lunch.sqlite");
    let old = Connection::open(&path).unwrap();
    old.execute_batch(FIRST).unwrap();
    old.execute_batch(ROWS).unwrap();
    old.pragma_update(None, "user_version", 1).unwrap();
    drop(old);

    let store = Store::open(&path).unwrap();
    let date = "2026-11-24".parse().unwrap();
    store
        .read(|db| {
            let volunteer = volunteers::by_badge(db, 101)?.unwrap();
            assert!(volunteer.climbs && volunteer.max_trips == 1);
            assert_eq!((volunteer.home_building.as_deref(), volunteer.home()), (None, Some("7")));
            assert_eq!(residents::all(db)?[0].eat_by, None);
            let shifts = duty::shifts(db, date)?;
            assert_eq!((shifts.len(), shifts[0].from, shifts[0].until), (1, None, None));
            let round = rounds::on(db, date)?.remove(0);
            assert_eq!((round.trip, round.revision, round.stops[0].pinned), (1, 1, false));
            assert_eq!(round.left_at.unwrap().as_millisecond(), 6000, "out since it was changed");
            assert!(lifts::on(db, date)?.is_empty());
            let check = checks::on(db, date)?.remove(0);
            assert_eq!((check.number, check.door.room().as_str()), (Some(1), "1203"));
            assert_eq!(check.closed.unwrap().1, "在家");
            Ok::<_, Error>(())
        })
        .unwrap();
    let again = Connection::open(&path).unwrap();
    let version: i64 = again.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    assert_eq!(version, 14);
    let broken: i64 = again
        .query_row("SELECT count(*) FROM pragma_foreign_key_check", [], |row| row.get(0))
        .unwrap();
    assert_eq!(broken, 0);
}
