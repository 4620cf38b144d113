/**
 * What the services really answer, against what their pages say: {@link
 * io.simtally.fleet.check.ContractCheck} compares the answers of a client that a program has
 * anyway, {@link io.simtally.fleet.check.ServiceCheck} asks each service a few small questions, as
 * the command {@code simtally check} does.
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
