package io.simtally.fleet.store;

import io.simtally.fleet.store.sql.AccountKey;
import io.simtally.fleet.store.sql.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The table of the labels. */
final class DeviceRows {
  private final Database database;
  private final Connection connection;

  DeviceRows(Database database, Connection connection) {
    this.database = database;
    this.connection = connection;
  }

  static AccountKey keyOf(StoredDevice device) {
    return new AccountKey(device.provider(), device.account());
  }

  /** Writes the devices whose label or group changed. The last of several equal devices counts. */
  void write(List<StoredDevice> devices) throws SQLException {
    var byAccount = new LinkedHashMap<AccountKey, Map<String, StoredDevice>>();
    for (var each : devices) {
      byAccount
          .computeIfAbsent(keyOf(each), key -> new LinkedHashMap<>())
          .put(each.subject(), each);
    }
    for (var account : byAccount.entrySet()) {
      write(account.getKey(), account.getValue());
    }
  }

  private void write(AccountKey key, Map<String, StoredDevice> devices) throws SQLException {
    var stored = stored(key, devices.keySet());
    var changed = devices.values().stream().filter(each -> isChanged(each, stored)).toList();
    if (changed.isEmpty()) {
      return;
    }
    delete(key, changed.stream().map(StoredDevice::subject).filter(stored::containsKey).toList());
    try (var rows = database.into(connection, "device")) {
      for (var each : changed) {
        rows.beginRow()
            .text(each.provider())
            .text(each.account())
            .text(each.subject())
            .text(each.label())
            .text(each.group())
            .endRow();
      }
    }
  }

  private static boolean isChanged(StoredDevice device, Map<String, StoredDevice> stored) {
    var before = stored.get(device.subject());
    return before == null ? device.isNamed() : !before.equals(device);
  }

  private Map<String, StoredDevice> stored(AccountKey key, Collection<String> subjects)
      throws SQLException {
    var stored = new HashMap<String, StoredDevice>();
    var sql =
        "select provider, account, subject, label, device_group from device"
            + " where provider = ? and account = ? and "
            + database.subjectIsAmong();
    try (var query = database.prepare(connection, sql)) {
      query.setString(1, key.provider());
      query.setString(2, key.account());
      database.setSubjects(query, 3, subjects);
      try (var row = query.executeQuery()) {
        while (row.next()) {
          var device = RowMapper.device(row);
          stored.put(device.subject(), device);
        }
      }
    }
    return stored;
  }

  private void delete(AccountKey key, List<String> subjects) throws SQLException {
    if (subjects.isEmpty()) {
      return;
    }
    var sql =
        "delete from device where provider = ? and account = ? and " + database.subjectIsAmong();
    try (var delete = database.prepare(connection, sql)) {
      delete.setString(1, key.provider());
      delete.setString(2, key.account());
      database.setSubjects(delete, 3, subjects);
      delete.executeUpdate();
    }
  }
}
