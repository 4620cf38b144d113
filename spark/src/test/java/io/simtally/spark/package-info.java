@NullMarked
package io.simtally.spark;

import org.jspecify.annotations.NullMarked;
