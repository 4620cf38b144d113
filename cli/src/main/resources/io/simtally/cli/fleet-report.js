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

  const draw = (canvas, datasets, labels, options, type = 'bar') => {
    charts.push(new Chart(canvas, {
      type,
      data: { labels, datasets },
      options: { animation: false, maintainAspectRatio: false, ...options },
    }));
  };

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

  const drawDaily = () => draw(
    document.getElementById('daily'),
    data.daily.map((carrier, index) => series(carrier.name, carrier.points, `--c${index % 5}`,
      { fill: manyDays, pointRadius: 0, borderWidth: 0, pointHitRadius: 4 })),
    data.days.map(day => day.label),
    {
      scales: { x: nameScale({ stacked: true }), y: bytesScale({ stacked: true }) },
      interaction: { mode: 'index', intersect: false },
      plugins: {
        legend: legend(data.daily.length > 1),
        tooltip: { callbacks: { title: items => data.days[items[0].dataIndex].date, label: words } },
      },
    },
    manyDays ? 'line' : 'bar');

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
      [series('Total', filled[index].map(device => device.total), `--c${data.top.indexOf(filled[index]) % 5}`)]));
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
  };

  drawAll();
  dark.addEventListener('change', drawAll);
})();
