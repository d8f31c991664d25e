/** Words that carry little of what a headline tells: articles, most prepositions, conjunctions, forms of to be. */
export const functionWords: ReadonlySet<string> = toSet(`
  a an the of in on at by for to with as over amid after during about around and or but its his her their
  is are was were be been has have had that this it
  der das den dem des ein eine einen einem einer eines von vom im in am an auf bei beim zu zum zur mit fur nach aus
  uber um und oder ist sind haben wird werden sich als
  le la les l d un une des du de au aux en dans sur pour avec et ou est sont a ont se sa ses
  el los las un una unos unas del al por para con y o es ha han su lo que
  的 了 在 是 和 与 於 于 之 で に を は が の と
  في من على الى عن و مع بعد ان
  का की के को में से पर ने है हैं और`);

/** Words that, added or taken away or put for another, may turn a headline into other news. */
export const turningWords: ReadonlySet<string> = toSet(`
  not no never none nor from into out without against before under until unless former ex fake false hoax
  will may might could would should must cannot cant wont doesnt dont isnt didnt
  first second third fourth fifth sixth seventh eighth ninth tenth last next another again anew half double twice
  million billion trillion hundred thousand dozen dozens hundreds thousands
  bissau women womens men mens man woman boy girl youth junior
  north south east west northern southern eastern western up down more less fewer higher lower off
  monday tuesday wednesday thursday friday saturday sunday yesterday today tomorrow
  january february march april june july august september october november december
  nicht kein keine keinen keiner ohne gegen vor bis ehemalige ehemaliger soll sollen konnte konnten will wollen darf
  erste erster erstes zweite zweiter zweites dritte dritter weitere weiterer weiteres erneut wieder nachste nachster
  frauen manner millionen millione milliarden milliarde hunderte tausende nord sud ost mehr weniger hoher niedriger
  montag dienstag mittwoch donnerstag freitag samstag sonntag gestern heute morgen
  ne pas non sans contre avant jamais ancien ancienne premier premiere deuxieme seconde troisieme autre nouveau encore
  femmes hommes milliards nord sud ouest plus moins hausse baisse doit pourrait va vont
  lundi mardi mercredi jeudi vendredi samedi dimanche hier demain
  nunca sin contra antes ex primer primera segundo segunda tercer tercera otro otra nuevo nueva
  mujeres hombres millones norte oeste mas menos sube baja podria va van
  lunes martes miercoles jueves viernes sabado domingo ayer manana
  不 未 无 無 没 沒 非 否 拒 将 將 又 再 第 前 停 东 西 南 北 男 女 上 下 涨 跌 反
  لا لم لن ليس غير ضد دون سوف قبل ثان ثاني ثانيه اخر اخرى مجددا
  नहीं न बिना खिलाफ पूर्व दूसरा दूसरी फिर तीसरा तीसरी पहले`);

/** Beginnings of words that tell how a matter stands: put one for another and it stands otherwise. */
const outcomes: readonly string[] = `
  accept acquit admit allow announc appoint approv arrest attack back ban beat begin block boost cancel charg clear clos
  confirm convict cut dead deal debat defeat delay den die dies dismiss doubt drop eas elect end enter fail fall fell fin
  fire free gain grant grow halt hire hold impos indict injur join jail kill lag launch lead leav lift lose loss lost
  lower miss nam open oppos order oust pass paus pick plan plead postpon promis propos quit rais reach refus reject
  releas remov reopen repeal replac rescu resign resum retain return revers ris rose rul sav scrap seek sell sentenc
  settl shut sign slow start step stop strik sue surg suspend tie toppl uphold upheld veto vot warn widen win withdr
  won wound
  ablehn abgelehnt absag anklag angeklagt begin bestatig beschlie beschloss billig eroffn erhoh freigesproch gestopp
  gewinn gewann kipp lehn schlie senk sink steig start stimm stopp sturz tot tote toten trit unterlieg unterlag verbiet
  verhaft verlier verlor verletz verschieb verschob verurteil wahl zulass
  acquit adopt annul approuv arret autoris battu bless bloqu condamn confirm demission echou elu ferm gagn inculp
  interd lanc mort ouvr perd rejet relax report suspend tue vot
  absuel absuelv acusa anula apoya aprob aprueb arrest autoriz bloque cancela cierr conden detien detenid dimit elig
  gana gano herid muere muert niega perd permit prohib rechaz suspend vot`
  .trim()
  .split(/\s+/);

/** Whether the folded word begins as those that tell how a matter stands. */
export function tellsOutcome(word: string): boolean {
  return outcomes.some((beginning) => word.startsWith(beginning));
}

// One a line; a word stands in one line only.
const synonyms: ReadonlyMap<string, number> = new Map(
  `slams blasts criticizes criticises condemns rips denounces
  slam blast criticize criticise condemn denounce
  backs endorses supports
  back endorse support
  wins secures clinches
  resigns quits
  says states
  lifts removes scraps
  ends stops
  names appoints
  vows pledges promises
  begins starts
  begin start
  gather meet convene
  discuss debate
  help aid assist
  show reveal
  shows reveals
  urges presses pushes
  seeks wants
  hits strikes
  major big large
  historic landmark
  probe investigation inquiry
  kids children
  rally protest demonstration
  cops police
  blaze fire
  row dispute
  deal agreement accord pact
  talks negotiations
  huge massive enormous
  kritisiert rugt verurteilt
  unterstutzt befurwortet
  beginnt startet
  beraten diskutieren sprechen
  fordert verlangt
  kundigt verkundet
  critique denonce fustige
  soutient appuie
  debute commence
  reclame demande exige pide reclama
  discuter debattre
  critica denuncia cuestiona
  respalda apoya
  comienza empieza inicia
  win victory triumph
  controversy scandal
  prize award
  closes shuts
  close shut
  indicted charged
  head chief boss
  assault attack
  workers employees staff
  film movie
  firm company
  hurt injured wounded
  dead killed
  snow snowfall
  plane aircraft jet
  cuts reduces slashes
  cut reduce slash
  raises increases
  raise increase
  falls drops declines
  fall drop decline
  rises climbs
  considers weighs mulls
  warns cautions
  unveils presents
  halts suspends pauses
  arrests detains
  arrested detained
  jailed imprisoned
  flees escapes
  found discovered
  fans supporters
  game match
  beat defeat
  beats defeats
  teen teenager
  turkey turkiye
  angriff attacke
  feuer brand
  gewinnt siegt
  unfall ungluck
  incendie feu
  gagne remporte
  incendio fuego
  us usa american
  uk british britain
  % percent pct prozent`
    .split('\n')
    .flatMap((line, index) =>
      line
        .trim()
        .split(' ')
        .map((word): [string, number] => [word, index]),
    ),
);

/** Whether two folded words are put for each other by editors who change the wording and not the news. */
export function isSynonym(before: string, after: string): boolean {
  const group = synonyms.get(before);
  return group !== undefined && group === synonyms.get(after);
}

// Names and words of one letter's difference or two that are both right.
const confusables: ReadonlySet<string> = new Set(
  `iceland ireland|island irland|islande irlande|islandia irlanda|gambia zambia|gambie zambie|niger nigeria|
  austria australia|autriche australie|slovakia slovenia|slowakei slowenien|slovaquie slovenie|eslovaquia eslovenia|
  dominica dominican|mauritius mauritania|guinea guyana|juni juli|junio julio|tuesday thursday|johnson johnston|
  anderson andersen|petersen peterson|georgia georgian|congo kongo|war wars|employer employee|employers employees|
  prison prisons|legal legals|from form|found fund|adopt adapt|adopts adapts|adopted adapted|raise raze|raises razes|
  affect effect|affects effects|immigrants emigrants|minister ministry|martes marzo|seis siete|casa caso|
  peace piece|trial trail|united untied|brunei brunel|malawi malaya|lebanon lebanese|ukraine ukrainian|
  inflation inflating|conservation conversation|martial marital|causal casual|angel angle|angels angles|
  silver sliver|police policy|policies polices|import importer|nuclear unclear|public republic`
    .split('|')
    .map((pair) => pair.trim()),
);

/** Whether two folded words look like a slip of the hand and are two words for all that. */
export function isConfusable(before: string, after: string): boolean {
  return confusables.has(`${before} ${after}`) || confusables.has(`${after} ${before}`);
}

function toSet(words: string): ReadonlySet<string> {
  return new Set(words.trim().split(/\s+/));
}
