(() => {
  'use strict';
  const data = JSON.parse(document.getElementById('data').textContent);
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const charts = [];

  const colour = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

  const human = bytes => {
    const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'];
    let unit = 0;
    while (bytes >= 1000 && unit < units.length - 1) {
      bytes /= 1000;
      unit++;
    }
    return `${+bytes.toFixed(1)} ${units[unit]}`;
  };

  const short = name => name.length <= 20 ? name : `${name.slice(0, 9)}…${name.slice(-9)}`;

  const bytesScale = extra => ({
    beginAtZero: true,
    grid: { color: colour('--line') },
    border: { display: false },
    ticks: { color: colour('--quiet'), callback: human, maxTicksLimit: 6, maxRotation: 0 },
    ...extra,
  });

  const nameScale = extra => ({
    grid: { display: false },
    border: { color: colour('--line') },
    ticks: { color: colour('--quiet'), maxRotation: 0, autoSkipPadding: 16 },
    ...extra,
  });

  const legend = shown => ({
    display: shown,
    position: 'top',
    align: 'start',
    labels: { color: colour('--text'), boxWidth: 12, boxHeight: 12 },
  });

  const draw = (canvas, datasets, labels, options, type = 'bar', plugins = []) => {
    const chart = new Chart(canvas, {
      type,
      data: { labels, datasets },
      options: { animation: false, maintainAspectRatio: false, ...options },
      plugins,
    });
    charts.push(chart);
    return chart;
  };

  // A pale bar with a line on top: the figure may still change.
  const pale = name => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 4;
    const pen = tile.getContext('2d');
    pen.fillStyle = colour(name);
    pen.globalAlpha = 0.25;
    pen.fillRect(0, 0, 4, 4);
    pen.globalAlpha = 1;
    pen.fillRect(0, 0, 4, 1);
    return pen.createPattern(tile, 'repeat');
  };

  // A hatched band behind the days of which something is unknown.
  const hatch = () => {
    const tile = document.createElement('canvas');
    tile.width = tile.height = 8;
    const pen = tile.getContext('2d');
    pen.strokeStyle = colour('--unknown');
    pen.globalAlpha = 0.7;
    pen.lineWidth = 1.5;
    for (const shift of [-8, 0, 8]) {
      pen.beginPath();
      pen.moveTo(shift, 8);
      pen.lineTo(shift + 8, 0);
      pen.stroke();
    }
    return pen.createPattern(tile, 'repeat');
  };

  const unknownDays = isUnknown => ({
    id: 'unknownDays',
    beforeDatasetsDraw: chart => {
      const { ctx: pen, chartArea: area, scales: { x } } = chart;
      const step = data.days.length > 1 ? Math.abs(x.getPixelForValue(1) - x.getPixelForValue(0)) : area.width;
      pen.save();
      pen.beginPath();
      pen.rect(area.left, area.top, area.width, area.height);
      pen.clip();
      pen.fillStyle = hatch();
      data.days.forEach((day, index) => {
        if (isUnknown(index)) {
          pen.fillRect(x.getPixelForValue(index) - step / 2, area.top, step, area.height);
        }
      });
      pen.restore();
    },
  });

  const series = (label, points, name, extra) => ({
    label,
    data: points.map(point => point.bytes),
    words: points.map(point => point.text),
    backgroundColor: colour(name),
    ...extra,
  });

  const words = item => `${item.dataset.label}: ${item.dataset.words[item.dataIndex]}`;

  // More bars than this would be thinner than the gaps between them.
  const manyDays = data.days.length > 92;

  const bars = (unsettled, name) => {
    const colours = data.days.map(() => colour(name));
    const tile = pale(name);
    unsettled.forEach(day => { colours[day] = tile; });
    return { backgroundColor: colours };
  };

  const lines = (carrier, name) => ({
    fill: true,
    pointRadius: 0,
    borderWidth: 0,
    pointHitRadius: 4,
    segment: { backgroundColor: part => carrier.unsettled.includes(part.p1DataIndex) ? pale(name) : undefined },
  });

  const drawDaily = () => draw(
    document.getElementById('daily'),
    data.daily.map((carrier, index) => series(carrier.name, carrier.points, `--c${index % 5}`,
      manyDays ? lines(carrier, `--c${index % 5}`) : bars(carrier.unsettled, `--c${index % 5}`))),
    data.days.map(day => day.label),
    {
      scales: { x: nameScale({ stacked: true }), y: bytesScale({ stacked: true }) },
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: legend(data.daily.length > 1),
        tooltip: { callbacks: { title: items => data.days[items[0].dataIndex].date, label: words } },
      },
    },
    manyDays ? 'line' : 'bar',
    [unknownDays(day => data.unknown[day] > 0)]);

  const drawRows = (canvas, names, datasets) => {
    canvas.parentElement.style.height = `${names.length * 26 * datasets.length / (datasets.length > 1 ? 1.4 : 1) + 70}px`;
    draw(canvas, datasets, names.map(short), {
      indexAxis: 'y',
      scales: { x: bytesScale(), y: nameScale({ ticks: { color: colour('--text'), autoSkip: false } }) },
      plugins: {
        legend: legend(datasets.length > 1),
        tooltip: { callbacks: { title: items => names[items[0].dataIndex], label: words } },
      },
    });
  };

  const drawRunaways = () => {
    const canvas = document.getElementById('runaways');
    if (!canvas) {
      return;
    }
    drawRows(canvas, data.runaways.map(device => device.name), [
      series('Last day', data.runaways.map(device => device.lastDay), '--accent'),
      series('Median of the other days', data.runaways.map(device => device.median), '--median'),
    ]);
  };

  const drawTop = () => {
    const filled = data.top.filter(devices => devices.length > 0);
    document.querySelectorAll('canvas.top').forEach((canvas, index) => drawRows(
      canvas,
      filled[index].map(device => device.name),
      [series('Total', filled[index].map(device => device.total), `--c${data.top.indexOf(filled[index]) % 5}`, {
        borderColor: colour('--unknown'),
        borderWidth: filled[index].map(device => device.unknown > 0 ? { right: 4 } : 0),
        borderSkipped: false,
      })]));
  };

  const drawAll = () => {
    if (data.daily.length === 0) {
      return;
    }
    charts.splice(0).forEach(chart => chart.destroy());
    Chart.defaults.font.family = getComputedStyle(document.body).fontFamily;
    drawDaily();
    drawRunaways();
    drawTop();
    devices?.draw();
  };

  const exactBytes = bytes => `${String(bytes).replace(/\B(?=(\d{3})+$)/g, ',')} bytes`;

  const element = (name, text, kind) => {
    const made = document.createElement(name);
    made.textContent = text;
    if (kind) {
      made.className = kind;
    }
    return made;
  };

  const amount = bytes => {
    const cell = element('td', '', 'number');
    cell.title = bytes === null ? '' : exactBytes(bytes);
    if (bytes === null) {
      cell.textContent = 'unknown';
    } else {
      cell.append(element('span', human(Number(bytes)), 'rounded'), element('span', exactBytes(bytes), 'bytes'));
    }
    return cell;
  };

  // The table of all devices: only the rows in sight are elements of the page.
  const deviceTable = ({ accounts, gaps, rows, days }) => {
    const view = document.getElementById('window');
    const body = document.getElementById('rows');
    const search = document.getElementById('search');
    const filter = document.getElementById('filter');
    const height = 31;
    const printed = 100;
    const sum = ranges => ranges.reduce((all, [from, to]) => all + to - from + 1, 0);
    const unknown = gaps.map(gap => sum(gap[0]));
    const unsettled = gaps.map(gap => sum(gap[1]));
    const texts = rows.map(row =>
      [row[0], row[1] ?? '', row[2] ?? '', accounts[row[3]]].join('\n').toLowerCase());
    const isIdle = row => row[4] === 0 && unknown[row[5]] === 0;
    const filters = {
      all: () => true,
      unknown: row => unknown[row[5]] > 0,
      unsettled: row => unsettled[row[5]] > 0,
      idle: isIdle,
    };
    const values = {
      0: row => row[0],
      1: row => row[1] ?? '',
      2: row => row[2] ?? '',
      3: row => accounts[row[3]],
      4: row => Number(row[4]),
      unknown: row => unknown[row[5]],
      unsettled: row => unsettled[row[5]],
    };
    let order = { by: '4', down: true };
    let found = rows.map((row, index) => index);
    let chosen = null;
    let chart = null;

    const compare = (one, other) => one < other ? -1 : one > other ? 1 : 0;

    const find = () => {
      const words = search.value.toLowerCase().split(/\s+/).filter(word => word);
      const wanted = filters[filter.value];
      found = [];
      rows.forEach((row, index) => {
        if (wanted(row) && words.every(word => texts[index].includes(word))) {
          found.push(index);
        }
      });
      // The rows come in the order of their totals.
      if (order.by !== '4' || !order.down) {
        const value = values[order.by];
        const sign = order.down ? -1 : 1;
        found.sort((one, other) => sign * compare(value(rows[one]), value(rows[other])) || one - other);
      }
      document.querySelectorAll('[data-sort]').forEach(button => {
        const isBy = button.dataset.sort === order.by;
        button.dataset.order = isBy ? (order.down ? ' ↓' : ' ↑') : '';
        button.closest('th').ariaSort = isBy ? (order.down ? 'descending' : 'ascending') : 'none';
      });
      document.getElementById('found').textContent =
        `${found.length.toLocaleString('en')} of ${rows.length.toLocaleString('en')} devices`;
      view.scrollTop = 0;
      show();
    };

    const space = rowsLeftOut => {
      const row = element('tr', '', 'space');
      const cell = element('td', '');
      cell.colSpan = 7;
      cell.style.height = `${rowsLeftOut * height}px`;
      row.append(cell);
      return row;
    };

    const line = index => {
      const row = rows[index];
      const made = element('tr', '', index === chosen ? 'chosen' : '');
      made.tabIndex = 0;
      made.dataset.index = index;
      const name = element('td', row[0], 'device');
      name.title = row[0];
      const label = element('td', row[1] ?? '');
      label.title = row[1] ?? '';
      const isUnknown = unknown[row[5]] === data.days.length && Number(row[4]) === 0;
      made.append(name, label, element('td', row[2] ?? ''), element('td', accounts[row[3]]),
        amount(isUnknown ? null : row[4]),
        element('td', unknown[row[5]] || '', 'number'),
        element('td', unsettled[row[5]] || '', 'number'));
      return made;
    };

    const show = (from, count) => {
      const first = from ?? Math.max(0, Math.floor(view.scrollTop / height) - 10);
      const last = Math.min(found.length, first + (count ?? Math.ceil(view.clientHeight / height) + 20));
      const left = found.length - last;
      body.replaceChildren(
        ...(first > 0 && !count ? [space(first)] : []),
        ...found.slice(first, last).map(line),
        ...(left > 0 && !count ? [space(left)] : []));
    };

    const isIn = (ranges, day) => ranges.some(([from, to]) => from <= day && day <= to);

    const draw = () => {
      const panel = document.getElementById('device');
      panel.hidden = chosen === null;
      if (chosen === null) {
        return;
      }
      const row = rows[chosen];
      const [unknownRanges, unsettledRanges] = gaps[row[5]];
      document.getElementById('device-name').textContent = row[1] ? `${row[1]} (${row[0]})` : row[0];
      const list = document.getElementById('device-days');
      const canvas = document.getElementById('device-chart');
      canvas.parentElement.hidden = chosen >= days.length;
      if (chosen >= days.length) {
        const line = element('tr', '');
        line.append(element('td', 'This page does not have the days of this device; fleet-report.csv has them.'));
        list.replaceChildren(line);
        return;
      }
      const bytes = days[chosen].split(',');
      const points = data.days.map((day, index) => {
        const isUnknown = !bytes[index] && isIn(unknownRanges, index);
        return { bytes: isUnknown ? null : Number(bytes[index] || 0), digits: bytes[index] || '0', isUnknown };
      });
      list.replaceChildren(...points.map((point, index) => {
        const line = element('tr', '');
        const cell = amount(point.isUnknown ? null : point.digits);
        if (isIn(unsettledRanges, index)) {
          cell.append(element('span', ' not settled', 'quiet'));
        }
        line.append(element('td', data.days[index].date), cell);
        return line;
      }));
      if (chart) {
        if (charts.includes(chart)) {
          charts.splice(charts.indexOf(chart), 1);
        }
        Chart.getChart(canvas)?.destroy();
      }
      const shown = points.map((point, index) => ({
        bytes: point.bytes,
        text: (point.isUnknown ? 'unknown' : `${human(point.bytes)} (${exactBytes(point.digits)})`)
          + (isIn(unsettledRanges, index) ? '; not settled' : ''),
      }));
      const late = data.days.map((day, index) => index).filter(index => isIn(unsettledRanges, index));
      chart = drawDays(canvas, shown, late, points);
    };

    const drawDays = (canvas, shown, late, points) => drawChart(
      canvas,
      [series('Total', shown, '--c0', bars(late, '--c0'))],
      data.days.map(day => day.label),
      {
        scales: { x: nameScale(), y: bytesScale() },
        plugins: {
          legend: legend(false),
          tooltip: { callbacks: { title: items => data.days[items[0].dataIndex].date, label: words } },
        },
      },
      'bar',
      [unknownDays(day => points[day].isUnknown)]);

    const choose = target => {
      const row = target.closest('tr[data-index]');
      if (row) {
        chosen = Number(row.dataset.index);
        show();
        draw();
        document.getElementById('device').scrollIntoView({ block: 'nearest' });
      }
    };

    search.addEventListener('input', find);
    filter.addEventListener('change', find);
    view.addEventListener('scroll', () => show());
    body.addEventListener('click', event => choose(event.target));
    body.addEventListener('keydown', event => {
      if (event.key === 'Enter') {
        choose(event.target);
      }
    });
    document.querySelectorAll('[data-sort]').forEach(button => button.addEventListener('click', () => {
      const by = button.dataset.sort;
      const isText = by < '4';
      order = { by, down: order.by === by ? !order.down : !isText };
      find();
    }));
    addEventListener('beforeprint', () => show(0, printed));
    addEventListener('afterprint', () => show());
    find();
    return { draw };
  };

  const drawChart = draw;
  const devices = document.getElementById('rows') ? deviceTable(data.devices) : null;

  drawAll();
  dark.addEventListener('change', drawAll);
})();
