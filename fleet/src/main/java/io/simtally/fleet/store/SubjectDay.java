package io.simtally.fleet.store;

import java.time.LocalDate;

/** One day of one subject. */
record SubjectDay(String subject, LocalDate day) {}
