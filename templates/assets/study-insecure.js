// What browsers have in secure contexts only; loaded where a study is served without TLS, within a laboratory for instance.
"use strict";
(() => {
  // SHA-256 (FIPS 180-4). Its constants are the first bits of roots of primes.
  function digest(bytes) {
    const primes = [];
    for (let n = 2; primes.length < 64; n += 1) if (primes.every((prime) => n % prime)) primes.push(n);
    const bits = (root) => ((root % 1) * 2 ** 32) | 0;
    const turn = (x, n) => (x >>> n) | (x << (32 - n));
    const hash = primes.slice(0, 8).map((prime) => bits(Math.sqrt(prime)));
    const padded = new Uint8Array(((bytes.length + 8) >> 6) * 64 + 64);
    padded.set(bytes);
    padded[bytes.length] = 128;
    const view = new DataView(padded.buffer);
    view.setUint32(padded.length - 4, bytes.length * 8);
    for (let start = 0; start < padded.length; start += 64) {
      const w = [];
      let [a, b, c, d, e, f, g, h] = hash;
      for (let i = 0; i < 64; i += 1) {
        const [x, y] = [w[i - 15], w[i - 2]];
        w[i] = i < 16 ? view.getInt32(start + 4 * i)
          : (w[i - 16] + w[i - 7] + (turn(x, 7) ^ turn(x, 18) ^ (x >>> 3)) + (turn(y, 17) ^ turn(y, 19) ^ (y >>> 10))) | 0;
        const one = (h + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + bits(Math.cbrt(primes[i])) + w[i]) | 0;
        const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
        [h, g, f, e, d, c, b, a] = [g, f, e, (d + one) | 0, c, b, a, (one + two) | 0];
      }
      [a, b, c, d, e, f, g, h].forEach((value, i) => { hash[i] = (hash[i] + value) | 0; });
    }
    return hash.map((value) => (value >>> 0).toString(16).padStart(8, "0")).join("");
  }

  // The tab that is open says so every second.
  function inOneTab(key, work, wait) {
    const tab = window.vitrine.identity(), place = key + ":tab";
    let isMine = false;
    const look = () => {
      let other = null;
      try { other = JSON.parse(localStorage.getItem(place)); } catch { /* nobody can say anything */ }
      if (other && other.tab !== tab && Date.now() - other.at < 3000) {
        // A tab that slept has lost its turn; what it knows is old.
        if (isMine) location.reload(); else wait();
        return;
      }
      try { localStorage.setItem(place, JSON.stringify({ tab, at: Date.now() })); } catch { /* as above */ }
      if (!isMine) { isMine = true; work(); }
    };
    look();
    setInterval(look, 1000);
    document.addEventListener("visibilitychange", look);
    addEventListener("pagehide", () => { if (isMine) try { localStorage.removeItem(place); } catch { /* as above */ } });
  }

  Object.assign(window.vitrine, { digest, inOneTab });
})();
