/** The files of a report that need no template: CSV, JSON and the data of the page's devices. */
@NullMarked
package io.simtally.cli.report;

import org.jspecify.annotations.NullMarked;
