//! From bytes to lines.

/// Where the lines of a text start.
#[derive(Debug)]
pub(super) struct Lines(Vec<usize>);

impl Lines {
    /// The lines of a text.
    pub fn of(text: &str) -> Lines {
        let feeds = memchr::memchr_iter(b'\n', text.as_bytes());
        let mut starts = Vec::with_capacity(1 + feeds.clone().count());
        starts.push(0);
        starts.extend(feeds.map(|i| i + 1));
        Lines(starts)
    }

    /// The line, from 1, that a byte is on.
    pub fn line(&self, byte: usize) -> usize {
        self.0.partition_point(|start| *start <= byte)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_lie_on_lines() {
        let lines = Lines::of("ab\n\ncd\n");
        let told = [0, 2, 3, 4, 6, 7, 99].map(|byte| lines.line(byte));
        assert_eq!(told, [1, 1, 2, 3, 3, 4, 4]);
    }
}
