//! `onrecord` answers questions about an interview with the interview itself.
