package io.simtally.cli.usage;

/**
 * What one device used in the whole period.
 *
 * @param subject the device
 * @param bytes its total
 */
public record DeviceTotal(String subject, long bytes) {}
