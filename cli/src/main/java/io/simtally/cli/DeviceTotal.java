package io.simtally.cli;

/**
 * What one device used in the whole period.
 *
 * @param subject the device
 * @param bytes its total
 */
record DeviceTotal(String subject, long bytes) {}
