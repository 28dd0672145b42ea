//! Small native tables that tests change in one place.

use crate::atlas::Atlas;

pub const SOURCES: &str = "\
id,title,publisher,published_on,language,kind,reports_on,url,note
paper,A report,A paper,2020-05,en,news,,https://paper.example/a,
post,Another report,A post,2021,en,news,,,
";

pub const ENTITIES: &str = "\
id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers
maker,company,Maker,制造商,Maker Ltd,CN,Hangzhou,,Makes cameras.,paper,,
police,government-body,City police,,,KE,Nairobi,,Police of the city.,paper,,
";

pub const RELATIONS: &str = "\
id,kind,subject,object,category,place,country,lat,lon,location_precision,start,end,amount,currency,status,confidence,description,sources,share,country_role,offered_only,highlight,topics
maker-supplies-police,supplies,maker,police,surveillance,Nairobi,KE,-1.286,36.817,city,2019~,,1000000,USD,operational,reported,Cameras.,paper:supports,,fact,,,surveillance
";

/// An atlas with the three tables beside it in the folder `facts`.
pub fn facts() -> Atlas {
    Atlas::new()
        .file("facts/sources.csv", SOURCES)
        .file("facts/entities.csv", ENTITIES)
        .file("facts/relations.csv", RELATIONS)
}

/// The same with one text replaced in the relations.
pub fn with_relation(from: &str, to: &str) -> Atlas {
    assert!(RELATIONS.contains(from), "`{from}`");
    facts().file("facts/relations.csv", RELATIONS.replace(from, to))
}
