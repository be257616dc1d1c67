"""Hosts where employers are guests: applicant tracking, job boards, social networks, pages for everybody."""

# By the domain below the public suffix, whatever the suffix: "indeed.co.uk" and "indeed.fr" are one.
_ANYWHERE = """
    adzuna ashbyhq avature bamboohr bayt careerbuilder cornerstoneondemand csod eightfold erecruiter factorialhr
    flatchr freshteam glassdoor hibob icims indeed infojobs internshala jazzhr jobindex jobrapido jobstreet
    jobteaser jobvite joinhandshake jooble justjoin kenjo kununu linkedin monster myworkdayjobs naukri nofluffjobs
    onlyfy oraclecloud paylocity personio phenompeople pinpointhq pracuj prescreenapp recruitee recruiterbox
    remoteok remotive rexx-systems smartrecruiters softgarden stepstone successfactors taleez taleo teamtailor
    theladders totaljobs trakstar ultipro welcometothejungle wellfound weworkremotely zohorecruit
"""
# By the domain with its suffix.
_EXACTLY = """
    adp.com angel.co applytojob.com arbeitnow.com arbeitsagentur.de bit.ly blogspot.com breezy.hr builtin.com
    bumeran.com catho.com.br comeet.com crunchbase.com cv-library.co.uk d-vinci.de dice.com djinni.co dover.com
    facebook.com gem.com github.com gitlab.com gmail.com goo.gl google.com greenhouse.io gupy.io hh.ru homerun.co
    instagram.com jazz.co jobs.ch jobs.cz join.com landing.jobs lever.co linktr.ee medium.com meinestadt.de
    notion.com notion.site notion.so otta.com outlook.com paycomonline.net polymer.co prospects.ac.uk
    ratemyplacement.co.uk reed.co.uk rippling.com seek.co.nz seek.com.au simplify.jobs simplyhired.com
    squarespace.com t.co t.me talent.com themuse.com twitter.com typeform.com unstop.com wayup.com webflow.io
    weebly.com wikipedia.org wixsite.com wordpress.com workable.com workday.com x.com xing.com ycombinator.com
    youtube.com ziprecruiter.com
"""

ANYWHERE = frozenset(_ANYWHERE.split())
EXACTLY = frozenset(_EXACTLY.split())
