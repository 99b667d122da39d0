//! Rows of different lengths in one flat array: two allocations for thousands of texts.

use std::ops::Range;

/// Rows, one after another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Ragged<T> {
    items: Vec<T>,
    /// By row: where it ends in `items`.
    ends: Vec<u32>,
}

impl<T> Default for Ragged<T> {
    fn default() -> Self {
        Self { items: Vec::new(), ends: Vec::new() }
    }
}

impl<T> Ragged<T> {
    /// Adds a row.
    pub(super) fn push(&mut self, row: impl IntoIterator<Item = T>) {
        self.items.extend(row);
        self.end_row();
    }

    /// Where the next row's items go; [`Self::end_row`] ends it.
    pub(super) const fn open_row(&mut self) -> &mut Vec<T> {
        &mut self.items
    }

    /// Makes a row of what was added since the last one.
    pub(super) fn end_row(&mut self) {
        self.ends.push(u32::try_from(self.items.len()).unwrap_or(u32::MAX));
    }

    /// Adds the rows of another one.
    pub(super) fn append(&mut self, mut other: Self) {
        let start = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        self.items.append(&mut other.items);
        self.ends.extend(other.ends.into_iter().map(|end| start + end));
    }

    /// The items of all rows.
    pub(super) fn items_mut(&mut self) -> &mut [T] {
        &mut self.items
    }

    pub(super) fn row(&self, row: usize) -> &[T] {
        &self.items[self.range(row)]
    }

    pub(super) fn rows(&self) -> impl Iterator<Item = &[T]> {
        (0..self.n_rows()).map(|row| self.row(row))
    }

    pub(super) const fn n_rows(&self) -> usize {
        self.ends.len()
    }

    fn range(&self, row: usize) -> Range<usize> {
        let start = row.checked_sub(1).map_or(0, |before| self.ends[before]);
        start as usize..self.ends[row] as usize
    }
}

impl<T> FromIterator<Vec<T>> for Ragged<T> {
    fn from_iter<I: IntoIterator<Item = Vec<T>>>(rows: I) -> Self {
        let mut ragged = Self::default();
        rows.into_iter().for_each(|row| ragged.push(row));
        ragged
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_as_they_were_put_in() {
        let rows = [vec![1, 2], vec![], vec![3], vec![]];
        let mut ragged: Ragged<i32> = rows.iter().cloned().collect();
        ragged.append(rows.iter().cloned().collect());
        let twice: Vec<&[i32]> = rows.iter().chain(&rows).map(Vec::as_slice).collect();
        assert_eq!(ragged.rows().collect::<Vec<_>>(), twice);
        assert_eq!(ragged.n_rows(), 8);
        assert_eq!(Ragged::<i32>::default().rows().count(), 0);
    }
}
