//! Export files become orders and problems.
