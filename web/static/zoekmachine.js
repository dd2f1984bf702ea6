// The search of the living site, for a static copy: kb/search.py and kb/words.py in the browser, with the same names in Dutch data.
// Only finds; showing is for zoek.js. A test holds its answers against those of the living site.

(function () {
  "use strict";

  const PARTICLES = new Set("aan achter af bij door in langs mee na om op over rond tegen toe uit voor weg".split(" "));
  const AGE = /\b(\d{1,2})(?:(?: tot en met | tot | t\/m | a |-|\/| en )(\d{1,2}))?[ -]?(?:jaar|jarige?n?|jr)\b/g;
  const AGE_OF_SOMEONE = /\b(?:zoon|dochter|kind|jongen|jongens|meisje|meiden|leerling|jongeren) van (\d{1,2})\b/g;
  const GLUE = ["", "s", "e", "en"];
  const ANY_AGE = -1;

  function plain(text) {
    const ascii = text.replace(/[–—‑]/g, " ").replace(/ß/g, "ss").normalize("NFKD").replace(/[^\x00-\x7f]/g, "");
    return ascii.toLowerCase().replace(/['`]/g, "").replace(/&/g, " en ");
  }

  const tokens = (text) => plain(text).match(/[a-z0-9]+/g) ?? [];

  // The first place in an ordered list with something not before this.
  function placeOf(ordered, wanted, key = (entry) => entry) {
    let low = 0;
    let high = ordered.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (key(ordered[middle]) < wanted) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  function beginningWith(prefix, ordered, limit = Infinity, key = (entry) => entry) {
    const found = [];
    for (let at = placeOf(ordered, prefix, key); found.length < limit && at < ordered.length; at++) {
      if (!key(ordered[at]).startsWith(prefix)) break;
      found.push(ordered[at]);
    }
    return found;
  }

  // Slips between two words: letters more, less, other, or two swapped.
  function slips(one, other) {
    let [before, last] = [[], Array.from({ length: other.length + 1 }, (_, at) => at)];
    for (let i = 1; i <= one.length; i++) {
      const row = [i];
      for (let j = 1; j <= other.length; j++) {
        const same = one[i - 1] === other[j - 1] ? 0 : 1;
        row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + same);
        const swapped = i > 1 && j > 1 && one[i - 1] === other[j - 2] && one[i - 2] === other[j - 1];
        if (swapped) row[j] = Math.min(row[j], before[j - 2] + 1);
      }
      [before, last] = [last, row];
    }
    return last[other.length];
  }

  // kb/near.py: few of many words get a closer look.
  class Lookalikes {
    constructor(words) {
      this.words = words;
    }

    get withPair() {
      if (this.pairs) return this.pairs;
      this.pairs = new Map();
      this.words.forEach((word, number) => {
        const edged = ` ${word} `;
        for (let at = 0; at <= word.length; at++) {
          const pair = edged.slice(at, at + 2);
          if (!this.pairs.has(pair)) this.pairs.set(pair, []);
          this.pairs.get(pair).push(number);
        }
      });
      return this.pairs;
    }

    within(word, most, limit) {
      const near = this.sharing(word, Math.max(2, word.length + 1 - 3 * most), most);
      const measured = near.map((known) => [known, slips(word, known)]).filter(([, distance]) => distance <= most);
      return measured.sort((a, b) => a[1] - b[1]).slice(0, limit);
    }

    alike(word, similarity, limit) {
      const most = Math.floor(((1 - similarity) * word.length) / similarity) + 1;
      const near = this.sharing(word, Math.max(2, word.length + 1 - 2 * most), most);
      const share = (known) => 1 - slips(word, known) / Math.max(word.length, known.length);
      const measured = near.map((known) => [known, share(known)]).filter(([, alike]) => alike >= similarity);
      return measured.sort((a, b) => b[1] - a[1]).slice(0, limit);
    }

    sharing(word, least, longer) {
      const edged = ` ${word} `;
      const pairs = new Set(Array.from({ length: word.length + 1 }, (_, at) => edged.slice(at, at + 2)));
      const parts = [...pairs].filter((pair) => this.withPair.has(pair));
      if (parts.length < 2) return [];
      const common = new Map();
      for (const pair of parts) for (const number of this.withPair.get(pair)) common.set(number, (common.get(number) ?? 0) + 1);
      let near = [...common].filter(([number, shared]) => shared >= least && Math.abs(this.words[number].length - word.length) <= longer);
      near = near.sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 40);
      return near.map(([number]) => number).sort((a, b) => a - b).map((number) => this.words[number]);
    }
  }

  // kb/words.py and kb/reading.py: what a query may mean.
  class Reader {
    constructor(data) {
      this.n = data.leesgetallen;
      this.stop = new Set(data.stopwoorden);
      this.rules = data.stamregels.map(([pattern, by]) => [new RegExp(pattern, "g"), by.replace("\\1", "$1")]);
      this.heard = data.klanken;
      this.led = data.lekenwoorden;
      this.agesOf = data.leeftijden;
      this.stemOf = new Map(Object.entries(data.woorden).map(([word, number]) => [word, data.stammen[number]]));
      this.stems = new Set(data.stammen);
      this.words = [...this.stemOf.keys()].sort();
      const telling = this.words.filter((word) => word.length >= this.n.SHORTEST_PART && !this.stop.has(word));
      this.alpha = telling.filter((word) => /^[a-z]+$/.test(word));
      this.known = new Set(this.alpha);
      this.lookalikes = new Lookalikes(this.alpha);
      this.sounds = new Map();
      for (const word of telling) {
        const sound = this.sound(word);
        if (!this.sounds.has(sound)) this.sounds.set(sound, word);
      }
    }

    bare = (word) => this.rules.reduce((left, [pattern, by]) => left.replace(pattern, by), word);
    stem = (word) => this.stemOf.get(word) ?? this.bare(word);
    isNew = (word) => !this.stemOf.has(word) && !this.stems.has(this.bare(word));

    sound(word) {
      const said = this.heard.reduce((left, [letters, by]) => left.replaceAll(letters, by), word);
      return said.replace(/d$/, "t").replace(/([a-z])\1+/g, "$1");
    }

    parts(word) {
      for (let cut = this.n.SHORTEST_PART; cut <= word.length - this.n.SHORTEST_PART; cut++) {
        const head = this.known.has(word.slice(cut)) && this.head(word.slice(0, cut));
        if (head) return [head, word.slice(cut)];
      }
      return [];
    }

    head(word) {
      const glue = GLUE.find((end) => word.endsWith(end) && this.known.has(word.slice(0, word.length - end.length)));
      return glue === undefined ? "" : word.slice(0, word.length - glue.length);
    }

    get tails() {
      if (this.sortedTails) return this.sortedTails;
      const found = [];
      for (const word of this.alpha) {
        for (let cut = this.n.SHORTEST_PART; cut < word.length - this.n.SHORTEST_PREFIX; cut++) {
          if (!this.stemOf.has(word.slice(cut)) && this.head(word.slice(0, cut))) found.push([word.slice(cut), word]);
        }
      }
      const order = (a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : a[1] < b[1] ? -1 : 1);
      this.sortedTails = found.sort(order);
      return this.sortedTails;
    }

    soundingLike = (word) => (word.length >= this.n.SHORTEST_PART ? this.sounds.get(this.sound(word)) : undefined);

    nearest(word) {
      const allowed = word.length < 5 ? 0 : word.length < 8 ? 1 : word.length < 14 ? 2 : 3;
      if (!allowed || !/^[a-z]+$/.test(word)) return [];
      const free = word.length >= this.n.FREE_FIRST_LETTER;
      const near = this.lookalikes.within(word, allowed, 2 * this.n.NEAREST);
      return near.filter(([known, missed]) => known[0] === word[0] || (free && missed < 2)).slice(0, this.n.NEAREST);
    }

    read(text) {
      const low = plain(text.slice(0, this.n.MAX_LETTERS));
      const typed = tokens(low).slice(0, this.n.MAX_WORDS);
      const numbers = [...low.matchAll(AGE)].flatMap((found) => found.slice(1).filter(Boolean));
      numbers.push(...[...low.matchAll(AGE_OF_SOMEONE)].map((found) => found[1]));
      const joins = this.joins(typed);
      const words = [];
      typed.forEach((word, place) => {
        const silent = word.length === 1 || this.stop.has(word) || numbers.includes(word);
        if (joins.has(place) || !silent) words.push(...this.standsFor(word, joins.get(place) ?? [], place === typed.length - 1));
      });
      return { joined: typed.join(""), words, ages: this.ages(typed, numbers) };
    }

    ages(typed, numbers) {
      if (numbers.length) return [Math.min(...numbers.map(Number)), Math.max(...numbers.map(Number))];
      const told = typed.map(this.stem).find((base) => Object.hasOwn(this.agesOf, base));
      return told ? this.agesOf[told] : null;
    }

    standsFor(word, joined, last) {
      const found = this.stop.has(word) ? [] : this.meanings(word, last);
      if (found.length || joined.length) return [[...found, ...joined]];
      const parts = this.parts(word);
      if (parts.length) return parts.map((part) => [this.match(part, this.n.SPLIT, part, word)]);
      return [this.guesses(word)];
    }

    match = (word, sure, shown, typed = "") => ({ stem: this.stem(word), sure, shown, typed });

    meanings(word, last) {
      const begun = last && !this.stemOf.has(word) ? this.begun(word) : [];
      const base = this.stem(word);
      if (this.stems.has(base)) return [{ stem: base, sure: 1, shown: word, typed: "" }, ...begun];
      if (begun.length) return begun;
      const alike = this.soundingLike(word);
      if (alike) return [this.match(alike, this.n.SOUNDS_ALIKE, alike, word)];
      const without = word.startsWith("ge") ? this.bare(word.slice(2)) : "";
      return this.stems.has(without) ? [{ stem: without, sure: this.n.PARTICIPLE, shown: word, typed: "" }] : [];
    }

    guesses(word) {
      const tails = word.length < this.n.SHORTEST_TAIL ? [] : beginningWith(word, this.tails, this.n.PREFIX_WORDS, (entry) => entry[0]);
      if (tails.length) return tails.map(([tail, whole]) => this.match(whole, this.n.BEGUN + (0.2 * word.length) / tail.length, whole, word));
      return this.nearest(word).map(([near, missed]) => this.match(near, 1 - (this.n.SLIP * missed) / word.length, near, word));
    }

    begun(prefix) {
      if (prefix.length < this.n.SHORTEST_PREFIX) return [];
      const words = beginningWith(prefix, this.words, this.n.PREFIX_WORDS).filter((word) => !this.stop.has(word));
      return words.map((word) => this.match(word, this.n.BEGUN + (0.3 * prefix.length) / word.length, word, prefix));
    }

    joins(typed) {
      const found = new Map();
      const unknown = typed.map((word) => typed.length <= this.n.GUESSED_IN && !this.stems.has(this.stem(word)));
      for (let size = 1; size <= Math.min(3, typed.length); size++) {
        for (let start = 0; start + size <= typed.length; start++) {
          const places = Array.from({ length: size }, (_, at) => start + at).filter((place) => !this.stop.has(typed[place]));
          const guess = unknown.slice(start, start + size).some(Boolean);
          const matches = places.length ? this.together(typed.slice(start, start + size), guess) : [];
          if (matches.length) for (const place of places) found.set(place, [...(found.get(place) ?? []), ...matches]);
        }
      }
      return found;
    }

    together(window, guess) {
      const key = window.map(this.stem).join(" ");
      const typed = window.join(" ");
      const meant = (Object.hasOwn(this.led, key) ? this.led[key] : []).map(([stem, sure, shown]) => ({ stem, sure, shown, typed }));
      if (window.length > 1) {
        const joined = window.join("");
        const long = Math.min(...window.map((word) => word.length)) > 2;
        const compound = this.compound(window, joined) ?? (guess && long ? this.misspeltCompound(joined) : null);
        if (compound) meant.push({ ...compound, typed });
      }
      return meant;
    }

    compound(window, joined) {
      if (joined.length > 4 && beginningWith(window[0] + window[1][0], this.words, 1).length && !this.isNew(joined)) {
        return this.match(joined, this.n.JOINED, joined);
      }
      let turned = "";
      if (window.length === 2 && PARTICLES.has(window[1])) turned = window[1] + window[0];
      else if (window.length === 3 && window[1] === "te" && PARTICLES.has(window[0])) turned = window[0] + window[2];
      return turned && !this.isNew(turned) ? this.match(turned, this.n.JOINED, turned) : null;
    }

    misspeltCompound(joined) {
      const alike = this.soundingLike(joined);
      if (alike) return this.match(alike, this.n.JOINED * this.n.SOUNDS_ALIKE, alike);
      const [near] = this.nearest(joined);
      return near ? this.match(near[0], this.n.JOINED - (this.n.SLIP * near[1]) / joined.length, near[0]) : null;
    }

    respelt(word) {
      if (this.stop.has(word) || this.stems.has(this.stem(word)) || this.parts(word).length || this.begun(word).length) return word;
      return this.soundingLike(word) ?? this.nearest(word)[0]?.[0] ?? word;
    }
  }

  const isMisspelt = (query) => query.words.some((found) => found.every((match) => match.sure < 1));
  const quoted = (match) => {
    const same = !match.typed || match.typed === match.shown || match.typed.startsWith(match.shown);
    return same ? `‘${match.shown}’` : `‘${match.shown}’ (u typte ‘${match.typed}’)`;
  };

  // kb/search.py and kb/search_score.py: what the pages earn.
  class Index {
    constructor(data) {
      this.data = data;
      this.n = data.getallen;
      this.reader = new Reader(data);
      this.terms = new Map(data.stammen.map((stem, number) => [stem, number]));
      this.names = Object.keys(data.namen).sort();
      this.likeNames = new Lookalikes(this.names);
      this.longest = Math.floor(Math.max(0, ...this.names.map((name) => name.length)) / this.n.LONG_NAME_SIMILARITY);
      this.holding = data.stammen.map(() => []);
      this.ways = data.manieren.map((way) => ({ ...way, whole: way.stammen.reduce((sum, term) => sum + data.zeldzaamheid[term], 0) }));
      this.ways.forEach((way, number) => way.stammen.forEach((term) => this.holding[term].push(number)));
    }

    rarityOf(pages) {
      const total = Math.max(this.data.bladzijden.length, 2);
      const most = Math.log(1 + (total - 0.5) / 1.5);
      return Math.max(0.02, Math.log(1 + (total - pages + 0.5) / (pages + 0.5)) / most);
    }

    rarity(stem) {
      return this.terms.has(stem) ? this.data.zeldzaamheid[this.terms.get(stem)] : this.n.UNKNOWN_WORD;
    }

    importance(found, unknown) {
      if (!found.some((match) => match.sure >= this.reader.n.SPLIT)) return unknown;
      return Math.max(...found.map((match) => this.rarity(match.stem)));
    }

    read(text) {
      const query = this.reader.read(text);
      const story = query.words.length >= this.n.STORY;
      if (story) query.words = query.words.map((found) => this.asDetail(found));
      const weights = query.words.map((found) => this.importance(found, story ? this.n.DETAIL : this.n.UNKNOWN_WORD));
      const kept = weights.map((weight, place) => (weight > this.n.COMMON_WORD ? place : -1)).filter((place) => place >= 0);
      if (!kept.length || kept.length === weights.length) return { query, weights };
      return { query: { ...query, words: kept.map((place) => query.words[place]) }, weights: kept.map((place) => weights[place]) };
    }

    asDetail(found) {
      if (found.some((match) => match.sure >= this.reader.n.SPLIT)) return found;
      return found.map((match) => ({ ...match, sure: match.sure / 2 }));
    }

    // Pages that answer the query, best first, each with its id, a score and why() for at most three reasons.
    search(text) {
      const { query, weights } = this.read(text);
      const tally = { points: new Map(), answers: weights.map(() => new Map()), telling: new Set(), notes: [] };
      this.scoreNames(query, tally);
      this.scoreWords(query, tally);
      this.scorePhrases(query, tally, weights);
      if (query.ages && !tally.points.size) this.scoreAges(query.ages, tally);
      const ranked = this.totals(query, tally, weights);
      ranked.sort((a, b) => b[1] - a[1] || a[0] - b[0]);
      const floor = ranked.length ? this.n.RELATIVE_FLOOR * ranked[0][1] : 0;
      return ranked
        .filter(([, points]) => points > floor)
        .map(([page, points]) => ({
          id: this.data.bladzijden[page].id,
          score: points / (points + this.n.HALF_SCORE),
          why: () => this.why(page, query, tally.notes),
        }));
    }

    note(tally, said, earned) {
      tally.notes.push({ said, earned });
      for (const [page, points] of earned) tally.points.set(page, (tally.points.get(page) ?? 0) + points);
    }

    scoreNames(query, tally) {
      const best = new Map();
      for (const [name, points] of this.namesLike(query)) {
        for (const page of this.data.namen[name]) if (points > (best.get(page) ?? 0)) best.set(page, points);
      }
      if (!best.size) return;
      this.note(tally, "naam", best);
      for (const page of best.keys()) {
        tally.answers.forEach((answers) => answers.set(page, 1));
        tally.telling.add(page);
      }
    }

    namesLike(query) {
      const typed = query.joined;
      const found = Object.hasOwn(this.data.namen, typed) ? [[typed, this.n.NAME_EXACT]] : [];
      const long = typed.length >= (query.words.length ? this.reader.n.SHORTEST_PREFIX : 8);
      const begun = long ? beginningWith(typed, this.names) : [];
      for (const name of begun) {
        const share = typed.length / name.length;
        found.push([name, Math.max(this.n.NAME_BEGINS * (0.3 + 0.7 * share), this.n.NAME_ALIKE * share ** 6)]);
      }
      if (typed.length > 4 && !begun.length && isMisspelt(query)) {
        for (const [name, alike] of this.misspeltNames(typed)) found.push([name, this.n.NAME_ALIKE * alike ** 6]);
      }
      return found;
    }

    misspeltNames(typed) {
      const least = typed.length < this.n.LONG_NAME ? this.n.NAME_SIMILARITY : this.n.LONG_NAME_SIMILARITY;
      return typed.length <= this.longest ? this.likeNames.alike(typed, least, this.n.LIKE_NAMES) : [];
    }

    // Per page the best of what a word may stand for: points, field, match and how far it answers.
    worth(found) {
      const best = new Map();
      for (const match of found) {
        const term = this.terms.get(match.stem);
        for (const [page, value, field] of term === undefined ? [] : this.data.vindplaatsen[term]) {
          const points = value * match.sure * this.data.zeldzaamheid[term];
          const answered = this.data.velden[field].antwoord * match.sure ** 2;
          const earlier = best.get(page);
          if (!earlier) best.set(page, { points, answered, field, match });
          else {
            if (points > earlier.points) Object.assign(earlier, { points, field, match });
            earlier.answered = Math.max(earlier.answered, answered);
          }
        }
      }
      return best;
    }

    scoreWords(query, tally) {
      query.words.forEach((found, place) => {
        const answers = tally.answers[place];
        for (const [page, { points, answered }] of this.worth(found)) {
          tally.points.set(page, (tally.points.get(page) ?? 0) + points);
          answers.set(page, found.length === 1 ? answered : Math.max(answers.get(page) ?? 0, answered));
        }
      });
    }

    scorePhrases(query, tally, weights) {
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const best = new Map();
      for (const [number, { strength, places }] of this.phrasesIn(query)) {
        const share = (strength * [...places].reduce((sum, place) => sum + weights[place], 0)) / whole;
        const way = this.ways[number];
        const to = way.begrip === undefined ? `b${way.bladzijde}` : `c${way.begrip}`;
        const earlier = best.get(to);
        if (!earlier || share > earlier.share || (share === earlier.share && strength > earlier.strength)) {
          best.set(to, { share, strength, places, way });
        }
      }
      const named = new Map();
      for (const found of best.values()) {
        if (found.way.begrip === undefined) named.set(found.way.bladzijde, found);
        else this.scoreConcept(found, weights, tally, query);
      }
      if (!named.size) return;
      this.note(tally, "naam", new Map([...named].map(([page, found]) => [page, this.n.NAME_PHRASE * found.share])));
      for (const [page, found] of named) this.answered([page], found, weights, tally);
    }

    scoreConcept(found, weights, tally, query) {
      const concept = this.data.begrippen[found.way.begrip];
      const factor = found.strength * this.n.CONCEPT * (0.4 + this.rarityOf(concept.bladzijden.length));
      const places = [...found.places].sort((a, b) => a - b);
      const typed = [...new Set(places.map((place) => query.words[place][0].typed || query.words[place][0].shown))].join(" ");
      const said = `${concept.soort === "factor" ? "de factor" : "het probleem"} ‘${concept.naam}’ (door ‘${typed}’)`;
      this.note(tally, said, new Map(concept.bladzijden.map(([page, link]) => [page, link * factor])));
      this.answered(concept.bladzijden.map(([page]) => page), found, weights, tally);
    }

    answered(pages, found, weights, tally) {
      const telling = found.strength > this.n.SAID && Math.max(...[...found.places].map((place) => weights[place])) > this.n.TELLING;
      for (const page of pages) {
        for (const place of found.places) {
          tally.answers[place].set(page, Math.max(tally.answers[place].get(page) ?? 0, found.strength));
        }
        if (telling) tally.telling.add(page);
      }
    }

    phrasesIn(query) {
      const found = new Map();
      const parts = new Map();
      const keep = (map, number, sure, place) => {
        const earlier = map.get(number) ?? { strength: 0, places: new Set() };
        earlier.places.add(place);
        map.set(number, { strength: Math.max(earlier.strength, sure), places: earlier.places });
      };
      query.words.forEach((matches, place) => {
        for (const match of matches) {
          const term = this.terms.get(match.stem);
          if (term === undefined) continue;
          for (const number of this.holding[term]) {
            if (this.ways[number].stammen.length > 1) keep(parts, term, match.sure, place);
            else if (match.sure >= this.n.PHRASE_FLOOR) keep(found, number, match.sure ** 2, place);
          }
        }
      });
      if (parts.size > 1) this.longerPhrases(parts, found);
      return found;
    }

    longerPhrases(parts, found) {
      const gained = new Map();
      for (const [term, { strength, places }] of parts) {
        for (const number of this.holding[term]) {
          if (this.ways[number].stammen.length < 2) continue;
          const own = gained.get(number) ?? { sum: 0, count: 0, places: new Set() };
          own.sum += this.data.zeldzaamheid[term] * strength;
          own.count += 1;
          places.forEach((place) => own.places.add(place));
          gained.set(number, own);
        }
      }
      for (const [number, { sum, count, places }] of gained) {
        const { whole } = this.ways[number];
        if (count > 1 && sum >= this.n.PHRASE_FLOOR * whole) found.set(number, { strength: (sum / whole) ** 2, places });
      }
    }

    scoreAges([youngest, oldest], tally) {
      const earned = new Map();
      this.data.leeftijden_van_bladzijden.forEach(([start, end], page) => {
        if (start !== ANY_AGE && start <= youngest && oldest <= end) earned.set(page, 6 / (6 + end - start));
      });
      this.note(tally, `de leeftijd ${youngest === oldest ? youngest : `${youngest} tot en met ${oldest}`} jaar`, earned);
      for (const page of earned.keys()) tally.telling.add(page);
    }

    totals(query, tally, weights) {
      const whole = weights.reduce((sum, weight) => sum + weight, 0);
      const found = [];
      for (const [page, points] of tally.points) {
        const answered = weights.reduce((sum, weight, place) => sum + weight * (tally.answers[place].get(page) ?? 0), 0);
        const covered = whole ? answered / whole : 1;
        if (!tally.telling.has(page) && covered < this.n.COVERAGE_FLOOR) continue;
        const total = points * (0.25 + 0.75 * covered) * this.ageFit(page, query.ages);
        if (total > 0) found.push([page, Math.round(total * 1e6) / 1e6]);
      }
      return found;
    }

    ageFit(page, ages) {
      const [start, end] = this.data.leeftijden_van_bladzijden[page];
      if (!ages || start === ANY_AGE) return 1;
      return start <= ages[1] && ages[0] <= end ? this.n.INSIDE_AGE : this.n.OUTSIDE_AGE;
    }

    why(page, query, notes) {
      const title = this.data.bladzijden[page].titel;
      const told = notes.filter((note) => note.earned.has(page)).map((note) => [note.earned.get(page), note.said === "naam" ? `de naam ‘${title}’` : note.said]);
      const named = told.some(([, said]) => said.startsWith("de naam ‘"));
      const fields = new Map();
      for (const found of query.words) {
        const best = this.worth(found).get(page);
        if (best) fields.set(best.field, [...(fields.get(best.field) ?? []), [best.points, quoted(best.match)]]);
      }
      for (const [field, words] of fields) {
        const label = this.data.velden[field].naam;
        if (named && label === "de naam") continue;
        const said = [...new Set(words.sort((a, b) => b[0] - a[0]).map(([, word]) => word))].slice(0, 2).join(" en ");
        told.push([words.reduce((sum, [points]) => sum + points, 0), `${said} in ${label}`]);
      }
      return [...new Set(told.sort((a, b) => b[0] - a[0]).map(([, said]) => said))].slice(0, 3);
    }

    // The query as it was probably meant; null when it is clear, or hopeless.
    suggest(text) {
      const { query } = this.read(text);
      const typed = tokens(text.slice(0, this.reader.n.MAX_LETTERS)).slice(0, this.reader.n.MAX_WORDS);
      const title = (name) => this.data.bladzijden[this.data.namen[name][0]].titel;
      if (isMisspelt(query) && !beginningWith(query.joined, this.names, 1).length) {
        const [name] = this.misspeltNames(query.joined);
        if (name) return title(name[0]);
        const meant = typed.map((word) => this.reader.respelt(word)).join(" ");
        if (meant !== typed.join(" ") && this.search(meant).length) return meant;
      }
      if (this.search(text).length) return null;
      const fits = query.joined.length >= this.n.LONG_NAME && query.joined.length <= this.longest;
      const [distant] = fits ? this.likeNames.alike(query.joined, this.n.DISTANT_NAME, 1) : [];
      return this.knownPart(typed) ?? (distant ? title(distant[0]) : null);
    }

    knownPart(typed) {
      const telling = typed.filter((word) => !this.reader.stop.has(word));
      const kept = telling.filter((word) => !this.reader.isNew(word));
      if (!(1 < 2 * kept.length && kept.length < telling.length && telling.length <= 2 * kept.length)) return null;
      const [first] = this.search(kept.join(" "));
      return first && first.score >= this.n.WORTH_ASKING ? kept.join(" ") : null;
    }
  }

  window.kastZoekmachine = (data) => new Index(data);
})();
