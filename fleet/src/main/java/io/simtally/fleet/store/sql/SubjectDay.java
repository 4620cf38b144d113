package io.simtally.fleet.store.sql;

import java.time.LocalDate;

/** One day of one subject. */
public record SubjectDay(String subject, LocalDate day) {}
