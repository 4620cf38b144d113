@NullMarked
package io.simtally.examples.spark;

import org.jspecify.annotations.NullMarked;
