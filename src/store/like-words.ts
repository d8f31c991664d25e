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
  delays postpones
  delay postpone
  delayed postponed
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
  former ex
  nearly almost
  top senior leading
  key crucial vital
  deadly fatal lethal
  sparks triggers prompts
  fears worries concerns
  chaos turmoil
  plan proposal scheme
  walkout stoppage
  poll survey
  lawmakers legislators
  homes houses
  rain rainfall
  floods flooding
  doctors physicians medics
  scientists researchers
  phone smartphone
  expected likely
  us usa american
  uk british britain`
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
  silver sliver|police policy|policies polices|import importer|nuclear unclear|public republic|
  bayer bayern`
    .split('|')
    .map((pair) => pair.trim()),
);

/** Whether two folded words look like a slip of the hand and are two words for all that. */
export function isConfusable(before: string, after: string): boolean {
  return confusables.has(`${before} ${after}`) || confusables.has(`${after} ${before}`);
}
