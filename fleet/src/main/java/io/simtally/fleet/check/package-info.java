/**
 * Compares the answers of the services with the documentation of their providers. {@link
 * io.simtally.fleet.check.ContractCheck} compares the answers that a program's own client receives.
 * {@link io.simtally.fleet.check.ServiceCheck} sends a few small calls to each service, as the
 * command {@code simtally check} does.
 *
 * <pre>{@code
 * ContractCheck contract = new ContractCheck();
 * OkHttpClient http = new OkHttpClient.Builder().addInterceptor(contract).build();
 * try (MasonUsage mason = MasonUsage.builder().apiKey(key).httpClient(http).build()) {
 *   mason.aggregateAccountUsage().month(YearMonth.now()).execute();
 * }
 * contract.differences().forEach(System.out::println);
 * }</pre>
 */
@NullMarked
package io.simtally.fleet.check;

import org.jspecify.annotations.NullMarked;
