//! The assignment problem: rows to columns, each column at most once, at the least total cost.
//!
//! Shortest augmenting paths with potentials, after Jonker and Volgenant, "A Shortest Augmenting
//! Path Algorithm for Dense and Sparse Linear Assignment Problems", Computing 38, 1987, without
//! their preliminary reductions.

/// Column of each row. `cost(row, column)` in any unit; `rows` is at most `columns`, and sums of
/// `rows` costs fit into 64 bits.
pub(super) fn assign(
    rows: usize,
    columns: usize,
    cost: impl Fn(usize, usize) -> i64,
) -> Vec<usize> {
    debug_assert!(rows <= columns);
    // Column `columns` is the root of every path: it holds the row under insertion.
    let mut row_of: Vec<Option<usize>> = vec![None; columns + 1];
    let mut price_row = vec![0; rows];
    let mut price_column = vec![0; columns + 1];
    for row in 0..rows {
        row_of[columns] = Some(row);
        let mut distance = vec![i64::MAX; columns];
        let mut from = vec![columns; columns];
        let mut reached = vec![false; columns + 1];
        let mut at = columns;
        while let Some(i) = row_of[at] {
            reached[at] = true;
            let (mut step, mut next) = (i64::MAX, columns);
            for column in (0..columns).filter(|&c| !reached[c]) {
                let reduced = cost(i, column) - price_row[i] - price_column[column];
                if reduced < distance[column] {
                    distance[column] = reduced;
                    from[column] = at;
                }
                if distance[column] < step {
                    (step, next) = (distance[column], column);
                }
            }
            for column in 0..=columns {
                if reached[column] {
                    price_column[column] -= step;
                    if let Some(i) = row_of[column] {
                        price_row[i] += step;
                    }
                } else if column < columns {
                    distance[column] -= step;
                }
            }
            at = next;
        }
        while at != columns {
            row_of[at] = row_of[from[at]];
            at = from[at];
        }
    }
    let mut column_of = vec![0; rows];
    for (column, row) in row_of[..columns].iter().enumerate() {
        if let Some(row) = row {
            column_of[*row] = column;
        }
    }
    column_of
}

#[cfg(test)]
mod tests {
    use super::*;

    fn best_by_hand(costs: &[Vec<i64>], row: usize, used: &mut Vec<bool>) -> i64 {
        if row == costs.len() {
            return 0;
        }
        let mut best = i64::MAX;
        for column in 0..used.len() {
            if !used[column] {
                used[column] = true;
                best = best.min(costs[row][column] + best_by_hand(costs, row + 1, used));
                used[column] = false;
            }
        }
        best
    }

    #[test]
    fn every_small_table_is_assigned_as_well_as_by_trying_all() {
        let mut draw = 7_u64;
        for case in 0..300 {
            let (rows, columns) = (1 + case % 5, 1 + case % 5 + case % 3);
            let costs: Vec<Vec<i64>> = (0..rows)
                .map(|_| {
                    (0..columns)
                        .map(|_| {
                            draw = draw.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                            (draw >> 60) as i64 - 5
                        })
                        .collect()
                })
                .collect();
            let found = assign(rows, columns, |r, c| costs[r][c]);
            let mut columns_used = found.clone();
            columns_used.sort_unstable();
            columns_used.dedup();
            assert_eq!(columns_used.len(), rows, "a column twice: {found:?}");
            let total: i64 = found.iter().enumerate().map(|(r, &c)| costs[r][c]).sum();
            assert_eq!(total, best_by_hand(&costs, 0, &mut vec![false; columns]), "{costs:?}");
        }
    }
}
