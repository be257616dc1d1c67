"""Words that tell openings apart, in the languages that postings come in; written as people do, compared as `words`."""

from onward.domain.board.choices import InternshipType, JobType
from onward.platform.words import words

# Words and phrases for each kind of internship. Those on one line say the same of one opening.
INTERNSHIPS: dict[str, str] = {
    InternshipType.INTERNSHIP: """
        intern · interns · internship · internships
        praktikum · praktika · praktikant · praktikanten · praktikantin · praktikantinnen · praktikumsplatz ·
            pflichtpraktikum · praxissemester · praktik · praktikplads · praktikplats
        stage · stages · stagiaire · stagiaires · stagiair · stageplaats · stageplek · afstudeerstage ·
            meewerkstage · stagista · stagisti
        prácticas · prácticas profesionales · practicante · practicantes · practicum
        becario · becaria · becarios · becarias · beca
        pasantía · pasantías · pasante · pasantes
        tirocinio · tirocinante · tirocinanti
        estágio · estágios · estagiário · estagiária · estagiários
        staż · stażysta · stażystka · staże · stáž · stáže · stážista · stážistka
        praktyka · praktyki · praktykant · praktykantka
        harjoittelija · harjoittelu · harjoittelupaikka
        gyakornok · gyakornoki
        staj · stajyer · stajyeri
        stagiar · stagiară · stagiatură
        стажёр · стажер · стажировка · стажування · интерн · практикант · стаж · стажант
        πρακτική άσκηση · ασκούμενος · ασκούμενη
        متدرب · متدربة
        מתמחה · התמחות
        magang
        thực tập sinh · thực tập
    """,
    InternshipType.SUMMER: """
        summer analyst · summer associate · summer student · summer fellow
        sommerpraktikum · sommerpraktikant · sommarpraktik · sommarpraktikant · sommerstudent · sommarstudent
        kesäharjoittelija · kesätyöntekijä · kesätyö
        sommarjobb · sommerjobb
    """,
    InternshipType.WORKING_STUDENT: """
        working student · working students · work student · werkstudent · werkstudentin · werkstudenten ·
            werkstudententätigkeit · student worker · student assistant · student job · job étudiant
        studentische hilfskraft · studentische aushilfe · studentische mitarbeit · wissenschaftliche hilfskraft · hiwi
        studentermedhjælper · studentermedarbejder · studentmedhjælper · studiejob
    """,
    InternshipType.CO_OP: """
        co op · coop · co ops
    """,
    InternshipType.PLACEMENT_YEAR: """
        placement year · year placement · industrial placement · year in industry · placement student ·
            student placement · undergraduate placement · sandwich placement · summer placement ·
            year in industry placement
        année de césure
    """,
    InternshipType.THESIS: """
        thesis · theses
        masterarbeit · masterand · masterandin · master thesis · masters thesis
        bachelorarbeit · bachelorand · bachelorandin · bachelor thesis · bachelors thesis
        abschlussarbeit · diplomarbeit · diplomand · diplomandin
        examensarbete · exjobb · exjobbare · specialestuderende
        tesi · tesista · tesina
        pfe · projet de fin d'études · stage de fin d'études · mémoire de fin d'études
        afstudeeropdracht · afstudeerder · afstuderen
        diplomityö · trabajo de fin de grado · trabajo fin de máster · praca magisterska · diplomová práce
    """,
    InternshipType.TRAINEE: """
        trainee · trainees · traineeship · traineeships · traineeprogramm · traineeprogram
        volontär · volontärin · volontariat
    """,
    InternshipType.APPRENTICESHIP: """
        apprentice · apprentices · apprenticeship · apprenticeships
        ausbildung · auszubildende · auszubildender · azubi · azubis · lehrling · lehrstelle · duales studium
        alternance · alternant · alternante · contrat de professionnalisation
        apprenti · apprentie · apprentissage
        aprendiz · jovem aprendiz
        apprendista · apprendistato
        lærling · lærlinge · lärling · elev
        leerling · leerwerkplek
        oppisopimus
        çırak
    """,
}
# Words of languages that put no space between words: anywhere in a title.
UNSPACED: dict[str, str] = {
    "インターン": InternshipType.INTERNSHIP,
    "实习": InternshipType.INTERNSHIP,
    "實習": InternshipType.INTERNSHIP,
    "인턴": InternshipType.INTERNSHIP,
    "ฝึกงาน": InternshipType.INTERNSHIP,
    "管培生": InternshipType.TRAINEE,
    "管理培训生": InternshipType.TRAINEE,
}
# German, Nordic and Finnish words are put together; their ends are what they are.
_ENDINGS: dict[str, str] = {
    InternshipType.INTERNSHIP: "praktikum · praktikant · praktikantin · praktikanten · harjoittelija · stagiair",
    InternshipType.WORKING_STUDENT: "werkstudent · werkstudentin",
}
# Who is one of the first has to do with internships and is in none, with a word of the second before or of the third
# behind it.
_OTHERWISE = [
    (
        "internship · internships · apprenticeship · apprenticeships · traineeship · traineeships · program · "
        "programme · scheme · practicum · praktika",
        "",
        "manager · coordinator · director · officer · advisor · adviser · supervisor · recruiter · assessor · tutor · "
        "coach · mentor · administrator",
    ),
    (
        "stage · stages",
        "early · late · later · growth · seed · mid · first · second · final · next · multi · any · single · "
        "clinical · main · back · on · off · center · centre",
        "manager · management · hand · hands · technician · crew · designer · design · lighting · director · gate · "
        "production · productions · actor · performer · carpenter · electrician · rigger · supervisor · combat · "
        "investor · investing · venture · companies · startup · startups",
    ),
    ("prácticas", "buenas · mejores", ""),
    (
        "ausbildung · praktika",
        "mit · abgeschlossene · abgeschlossener · nach · ohne · leiter · leiterin · leitung · referent · referentin · "
        "koordinator · koordinatorin · beauftragter · beauftragte",
        "",
    ),
    ("apprentissage", "", "automatique · profond"),
    (
        "co op · coop",
        "food · foods · housing · grocery · worker",
        "bank · store · stores · supermarket · food · foods · manager · housing · gameplay · multiplayer · mode",
    ),
    (
        "intern",
        "",
        "kommunikation · communicatie · kommunikasjon · revision · revisor · kontroll · kontrolle · accountmanager",
    ),
]
# Who looks after it: "Head of Internships", "Leiter der Ausbildung".
_IN_CHARGE = """
    head · manager · director · coordinator · lead · leiter · leiterin · referent · referentin · koordinator ·
    koordinatorin · responsable · coordinador · coordinadora · responsabile · coordinateur · coordinatrice
"""
_PART_TIME = """
    part time · parttime · teilzeit · temps partiel · mi temps · tiempo parcial · media jornada · meio período ·
    tempo parcial · deeltijd · deltid · niepełny etat · částečný úvazek
"""
# A source's words for how much work it is, and on what terms.
JOB_TYPES: dict[str, str] = {
    JobType.INTERNSHIP: "intern · internship",
    JobType.FREELANCE: "freelance · freelancer · freiberuflich",
    JobType.CONTRACT: "contract · contractor · temporary · temp · fixed term · cdd · befristet",
    JobType.PART_TIME: _PART_TIME,
    JobType.FULL_TIME: "full time · fulltime · vollzeit · temps plein · permanent · regular · cdi · tiempo completo",
}

# What stands between the words of a title and says nothing by itself.
_BETWEEN = """
    the · in · at · for · of · to · on · with · and · und · et · y · og · och · im · bei · fur · der · die · das ·
    des · den · dem · zur · zum · am · ab · bereich · en · de · du · le · la · les · au · aux · chez · pour · dans ·
    del · el · los · las · para · di · della · nel · per · do · da · em · na · no · van · het · voor · bij · ds ·
    pa · till · um
"""
# Parts of nothing but these call for applicants and name nothing.
_CALLS = """
    hiring · wanted · gesucht · urgent · urgently · now · we · are · re · were · apply · new · neu · job · jobs · role ·
    position · opportunity · vacancy · stelle · stellenangebot · offre · emploi · offer · sofort · immediate ·
    immediately · start · asap · open · opening
"""
_SUMMER = (
    "summer · sommer · sommar · été · d'été · verano · estivo · estiva · verão · letni · letnia · letní · kesä · yaz"
)
_SEASONS = """
    spring · autumn · fall · winter · frühjahr · frühling · herbst · vår · forår · høst · vinter · printemps ·
    automne · hiver · primavera · otoño · invierno · outono · inverno · autunno · invernale · wiosna · jesień · zima ·
    zimní · sommersemester · wintersemester
"""
_MONTHS = """
    january · february · march · april · may · june · july · august · september · october · november · december ·
    januar · februar · märz · mai · juni · juli · oktober · dezember · janvier · février · mars · avril · juin ·
    juillet · août · septembre · octobre · novembre · décembre · enero · febrero · marzo · abril · mayo · junio ·
    julio · agosto · septiembre · octubre · noviembre · diciembre · gennaio · febbraio · aprile · maggio · giugno ·
    luglio · settembre · ottobre · dicembre · janeiro · fevereiro · março · maio · junho · julho · setembro · outubro ·
    novembro · dezembro · januari · februari · maart · mei · augustus · červen · červenec
"""
_LEVELS = """
    junior · senior · lead · principal · head · chief · graduate · undergraduate · postgraduate · postdoc ·
    postdoctoral · phd · doctoral · predoctoral · bachelor · master · msc · bsc · mba · trainer
"""
_DIRECTIONS = """
    north · south · east · west · northern · southern · eastern · western · northeast · northwest · southeast ·
    southwest · nordost · nordwest · südost · südwest · noreste · noroeste · sureste · suroeste · sudeste · sudoeste ·
    nordeste · nordest · nordovest · sudest · sudovest · upper · lower · oriental · occidental
"""


def _phrases(told: str) -> list[tuple[str, ...]]:
    return [phrase for part in told.split("·") if (phrase := tuple(words(part)))]


def _lines(told: str) -> list[list[tuple[str, ...]]]:
    """Return the phrases of each line; a line that ends in a dot goes on in the next."""
    joined = told.replace("·\n", "· ")
    return [phrases for line in joined.splitlines() if (phrases := _phrases(line))]


def _single(told: str) -> frozenset[str]:
    return frozenset(word for (word,) in _phrases(told))


PHRASES: dict[tuple[str, ...], str] = {
    phrase: kind for kind, told in INTERNSHIPS.items() for phrases in _lines(told) for phrase in phrases
}
LONGEST_PHRASE = max(map(len, PHRASES))
# By the end of a word.
COMPOUNDS: dict[str, str] = {word: kind for kind, told in _ENDINGS.items() for (word,) in _phrases(told)}
# The words before and behind it that make a phrase another thing.
OTHERWISE: dict[tuple[str, ...], list[tuple[frozenset[str], frozenset[str]]]] = {}
for _told, _before, _behind in _OTHERWISE:
    for _phrase in _phrases(_told):
        OTHERWISE.setdefault(_phrase, []).append((_single(_before), _single(_behind)))
IN_CHARGE = _single(_IN_CHARGE)
PART_TIME = frozenset(_phrases(_PART_TIME))
JOB_TYPE_PHRASES: dict[tuple[str, ...], str] = {
    phrase: kind for kind, told in JOB_TYPES.items() for phrase in _phrases(told)
}
BETWEEN = _single(_BETWEEN)
CALLS = _single(_CALLS)
SUMMER = _single(_SUMMER)
# One word for all that say the same of an opening.
CANONICAL: dict[str, str] = {
    phrase[0]: phrases[0][0]
    for told in INTERNSHIPS.values()
    for phrases in _lines(told)
    for phrase in phrases
    if len(phrase) == len(phrases[0]) == 1
} | {
    "sr": "senior", "snr": "senior", "jr": "junior", "jnr": "junior", "mgr": "manager", "asst": "assistant",
    "phds": "phd", "masters": "master", "bachelors": "bachelor",
}  # fmt: skip
# These say what kind of opening it is, wherever they stand in a title.
FREE = (
    frozenset(CANONICAL.values()) - {"manager", "assistant"}
    | SUMMER
    | _single(_SEASONS + "·" + _MONTHS + "·" + _LEVELS)
)
# Another one of these is another opening, however alike the two are written.
TELLING = FREE | _single(_DIRECTIONS)
