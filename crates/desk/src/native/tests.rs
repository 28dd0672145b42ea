//! Our own tables mean what their header says, and what is wrong with them is told by line and column.

use proptest::prelude::*;

use crate::trial::{self, Atlas, errors, file, problems};
use crate::{InputFile, Outcome};

const SOURCES: &str = "id,title,publisher,published_on,language,kind,reports_on,url,note
news-1,A report,The Paper,2019-05~,en,news,leak-1,https://example.org/a,
leak-1,Papers,,,zh,leak,,,not read
gov-1,Notice,Ministry,2020,en,government,,,
";
const ENTITIES: &str = "id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers
acme,company,Acme,极致,Acme Ltd|极致公司,CN,Hangzhou,,Makes cameras.,news-1#maker,,uscc:91330000733796106P
police,government-body,City police,,,KE,unknown,,,news-1,yes,
grid,infrastructure,City grid,,,,,,,news-1,,
";
const HEADER: &str = "id,kind,subject,object,category,place,country,lat,lon,location_precision,start,end,amount,currency,status,confidence,description,sources,share,country_role,offered_only,highlight,topics\n";

/// A folder with the two tables above and these relations.
fn folder(relations: &str) -> Vec<InputFile> {
    let relations = format!("{HEADER}{relations}");
    [("sources", SOURCES), ("entities", ENTITIES), ("relations", &relations)]
        .map(|(name, text)| file(&format!("x/y/sample/tiny/{name}.csv"), text))
        .into()
}

fn import(relations: &str) -> (Atlas, Outcome) {
    let mut atlas = Atlas::default();
    let outcome = atlas.import(&folder(relations));
    (atlas, outcome)
}

/// The problems of one row of relations.
fn check(row: &str) -> String {
    problems(&import(row).1)
}

const ROW: &str = "acme-supplies-police,supplies,acme,police,surveillance,Nairobi,KE,-1.286,36.817,city,2014~,none,1900000,USD,operational,confirmed,Cameras.,news-1#a:supports|gov-1:supports|leak-1:contradicts,,,,yes,cloud\n";

#[test]
fn an_entity_becomes_an_item_whose_claims_rest_on_its_sources() {
    let (atlas, outcome) = import("");
    assert_eq!(problems(&outcome), "");
    insta::assert_snapshot!(atlas.item("acme"), @r"
    name `Acme` [news-1#maker:supports]
    name `极致` [editors-general-knowledge:supports]
    alias `Acme Ltd` [news-1#maker:supports]
    alias `极致公司` [news-1#maker:supports]
    country `CN` [news-1#maker:supports]
    city `Hangzhou` [news-1#maker:supports]
    description `Makes cameras.` [news-1#maker:supports]
    identifier `uscc:91330000733796106P` [news-1#maker:supports]
    ");
    insta::assert_snapshot!(atlas.item("police"), @r"
    name `City police` [news-1:supports]
    country `KE` [news-1:supports]
    city unknown [news-1:supports]
    collective `yes` [news-1:supports]
    ");
}

#[test]
fn a_relation_becomes_a_link_and_only_the_link_itself_is_contradicted() {
    let (atlas, outcome) = import(ROW);
    assert_eq!(problems(&outcome), "");
    insta::assert_snapshot!(atlas.link("acme-supplies-police"), @r"
    asserts `yes` [gov-1:supports leak-1:contradicts news-1#a:supports]
    category `surveillance` [gov-1:supports news-1#a:supports]
    topic `cloud` [gov-1:supports news-1#a:supports]
    description `Cameras.` [gov-1:supports news-1#a:supports]
    place `Nairobi` [gov-1:supports news-1#a:supports]
    country `KE` [gov-1:supports news-1#a:supports]
    country-role `fact` [gov-1:supports news-1#a:supports]
    point `-1.286, 36.817` [editors-general-knowledge:supports]
    precision `city` [editors-general-knowledge:supports]
    start `2014~` [gov-1:supports news-1#a:supports]
    end none [gov-1:supports news-1#a:supports]
    amount `USD 1900000` [gov-1:supports news-1#a:supports]
    status `operational` [gov-1:supports news-1#a:supports]
    stated-confidence `confirmed` [editors-general-knowledge:supports]
    highlight `yes` [editors-general-knowledge:supports]
    ");
}

#[test]
fn a_subsidiary_row_turns_its_ends_round() {
    let row = "acme-unit,subsidiary,police,acme,,,,,,,,,,,,,,news-1,25..50,,,,\n".replace("police", "unit");
    let mut files = folder(&row);
    files[1] = file("x/y/sample/tiny/entities.csv", &format!("{ENTITIES}unit,company,Unit,,,,,,,news-1,,\n"));
    let mut atlas = Atlas::default();
    assert_eq!(problems(&atlas.import(&files)), "");
    let link = atlas.state.links().get("acme-unit").unwrap().link.clone().unwrap();
    assert_eq!((link.subject.as_str(), link.link_type.as_str(), link.object.as_str()), ("acme", "owns", "unit"));
}

#[test]
fn what_is_wrong_with_a_row_is_told_with_its_place() {
    let with = |column: usize, text: &str| {
        let mut cells: Vec<&str> = ROW.trim_end().split(',').collect();
        cells[column] = text;
        check(&format!("{}\n", cells.join(",")))
    };
    insta::assert_snapshot!(with(0, "Acme supplies"), @"relations.csv:2:1: error: `Acme supplies` is not an id; hint: an id is lower-case words of letters and digits joined by hyphens");
    insta::assert_snapshot!(with(1, "suplies"), @"relations.csv:2:22: error: unknown link type `suplies`; hint: did you mean `supplies`?");
    insta::assert_snapshot!(with(2, "acne"), @"relations.csv:2:31: error: unknown item `acne`; hint: did you mean `acme`?");
    insta::assert_snapshot!(with(1, "compels"), @"relations.csv:2:30: error: `compels` can't go from `acme`, which is a company; hint: it goes from public-body, law");
    insta::assert_snapshot!(with(4, "surveilance"), @"relations.csv:2:43: error: unknown category `surveilance`; hint: did you mean `surveillance`?");
    insta::assert_snapshot!(with(6, "Kenya"), @"relations.csv:2:64: error: unknown country `Kenya`; hint: did you mean `KE`?");
    insta::assert_snapshot!(with(7, "136.817"), @"relations.csv:2:67: error: the point `136.817, 36.817` is not on the earth; hint: latitude and longitude may have changed places");
    insta::assert_snapshot!(with(7, ""), @"relations.csv:2:67: error: a point needs both latitude and longitude");
    insta::assert_snapshot!(with(9, "country"), @"relations.csv:2:67: error: a point needs the precision `site`, `city` or `region`; hint: a country or an unknown place is never drawn as a point");
    insta::assert_snapshot!(with(10, "last year"), @"relations.csv:2:86: error: `last year` is not an EDTF date: invalid EDTF at offset 4: whitespace is not allowed; hint: write `2017`, `2017-08`, `2017-08-15`, with `~` for about");
    insta::assert_snapshot!(with(11, "2013"), @"relations.csv:2:92: error: it ends (`2013`) before it starts (`2014~`); hint: the two dates may have changed places");
    insta::assert_snapshot!(with(13, "DOLLAR"), @"relations.csv:2:97: error: unknown currency `DOLLAR`");
    insta::assert_snapshot!(with(17, "news-2"), @"relations.csv:2:140: error: unknown source `news-2`; hint: did you mean `news-1`?");
    insta::assert_snapshot!(with(17, "news-1:contradicts"), @"relations.csv:2:140: error: no source supports this row; hint: every row needs a source; what no publication states may cite `editors-general-knowledge`");
    insta::assert_snapshot!(with(17, "news-1:denies"), @"relations.csv:2:140: error: unknown stance `denies`");
    insta::assert_snapshot!(with(18, "120"), @"relations.csv:2:192: error: `120` is not a share; hint: write per cent such as `25` or a range such as `25..50`");
    insta::assert_snapshot!(check(&ROW.replace("-1.286,36.817", "0,0")), @"relations.csv:2:67: error: latitude and longitude are both 0; hint: leave both cells empty if the place is not known");
    insta::assert_snapshot!(check(&format!("{ROW}{ROW}")), @"relations.csv:3:1: error: id `acme-supplies-police` stands twice; hint: it is first used on line 2");
}

#[test]
fn a_wrong_check_digit_is_an_error() {
    let mut files = folder("");
    files[1].bytes = ENTITIES.replace("733796106P", "733796106Q").into_bytes();
    insta::assert_snapshot!(problems(&Atlas::default().look(&files, &trial::options())), @"entities.csv:2:78: error: `91330000733796106Q` is not a valid unified social credit code; hint: its length, letters or check digits are wrong");
}

#[test]
fn with_one_error_there_is_not_one_operation() {
    let (_, outcome) = import(&ROW.replace("KE,-1.286", "KE,-91"));
    assert!(!errors(&outcome).is_empty());
    assert!(outcome.operations.is_empty() && outcome.changes.lines.is_empty());
}

#[test]
fn persons_and_what_names_them_are_refused_and_counted_without_a_word_of_them() {
    let mut files = folder(&ROW.replace("police", "someone"));
    let persons =
        format!("{ENTITIES}someone,person,Jane Roe,,,,,,,news-1,,\nsome-other,company,Mr. John Roe,,,,,,,news-1,,\n");
    files[1].bytes = persons.into_bytes();
    let mut atlas = Atlas::default();
    let outcome = atlas.import(&files);
    assert_eq!(outcome.refused.values().sum::<u64>(), 3);
    insta::assert_snapshot!(problems(&outcome), @r"
    entities.csv:5: warning: refused: the row is typed as a natural person; hint: the atlas documents organisations, products, programmes, facilities, laws and deals
    entities.csv:6: warning: refused: the name is that of a natural person; hint: the atlas documents organisations, products, programmes, facilities, laws and deals
    relations.csv:2: warning: refused: the row names a record that was refused
    ");
    let written: Vec<u8> = outcome.operations.iter().flat_map(model::Operation::to_bytes).collect();
    let text = format!("{}{}", String::from_utf8_lossy(&written), problems(&outcome));
    assert!(!text.contains("Roe") && !text.contains("someone"));
}

#[test]
fn a_cable_has_its_route_and_links_only_to_parties_that_no_relation_names() {
    let cables = "id,name,name_zh,owners,supplier,status,rfs,landing_points,length_km,route_accuracy,sources
grid,City grid,,acme|builder,builder,operational,2022-09~,Karachi|PK|24.86|67.01;Marseille|FR|43.30|5.37,15000,schematic,gov-1:supports|news-1:context
";
    let mut files = folder("acme-has-grid,owns,acme,grid,submarine-cable,,,,,,,,,,,,,news-1,,,,,\n");
    files[1] = file("x/y/sample/tiny/entities.csv", &format!("{ENTITIES}builder,company,Builder,,,,,,,news-1,,\n"));
    files.push(file("x/y/sample/tiny/cables.csv", cables));
    let mut atlas = Atlas::default();
    assert_eq!(problems(&atlas.import(&files)), "");
    insta::assert_snapshot!(atlas.item("grid"), @r"
    name `City grid` [news-1:supports]
    status `operational` [gov-1:supports]
    ready-for-service `2022-09~` [gov-1:supports]
    length `15000` [gov-1:supports]
    route-accuracy `schematic` [gov-1:supports]
    landing `Karachi, PK (24.86, 67.01)` [gov-1:supports]
    landing `Marseille, FR (43.3, 5.37)` [gov-1:supports]
    ");
    let links: Vec<String> = atlas.state.links().iter().map(|(_, l)| l.id.to_string()).collect();
    assert_eq!(links, ["acme-has-grid", "builder-owns-grid", "builder-supplies-grid"]);
    assert!(atlas.import(&files).operations.is_empty());
    files.pop();
    assert!(atlas.import(&files).operations.is_empty(), "the cable stays a cable when its table is left out");
}

#[test]
fn figures_and_terms_are_taken() {
    let figures = "id,statement,value,unit,as_of,about,source\nf-1,\"More than 26,000 cameras.\",26000,cameras,2019-11,police,news-1#n\n";
    let glossary = "term,term_zh,definition,category\nSafe city,平安城市,A city system.,system\n";
    let mut files = folder("");
    files.push(file("x/y/sample/tiny/figures.csv", figures));
    files.push(file("x/y/sample/tiny/glossary.csv", glossary));
    let mut atlas = Atlas::default();
    assert_eq!(problems(&atlas.import(&files)), "");
    assert!(atlas.item("police").contains("figure `26000 cameras: More than 26,000 cameras.` [news-1#n:supports]"));
    assert_eq!(atlas.state.terms().keys().map(|t| t.as_str()).collect::<Vec<_>>(), ["safe-city"]);
}

#[test]
fn the_sample_atlas_imports_without_an_error_and_a_second_time_adds_nothing() {
    let mut atlas = Atlas::default();
    let outcome = atlas.import(&trial::files(&trial::sample()));
    assert_eq!(errors(&outcome), Vec::<String>::new());
    let cables =
        atlas.state.items().iter().filter(|(_, i)| i.kind.as_ref().is_some_and(|k| k.as_str() == "cable")).count();
    assert_eq!(cables, 15);
    let again = atlas.import(&trial::files(&trial::sample()));
    assert_eq!((again.operations.len(), again.changes.lines), (0, vec![]));
}

/// Ids of all rows of the sample's tables of this name, as the `csv` crate reads them.
fn ids_in_sample(table: &str) -> Vec<String> {
    let files = trial::files(&trial::sample()).into_iter().filter(|f| f.label.ends_with(&format!("/{table}.csv")));
    let rows = files.flat_map(|f| {
        csv::Reader::from_reader(&f.bytes[..]).records().map(|r| r.unwrap()[0].to_owned()).collect::<Vec<_>>()
    });
    rows.collect()
}

#[test]
fn no_row_of_the_sample_is_lost() {
    let mut atlas = Atlas::default();
    atlas.import(&trial::files(&trial::sample()));
    let relations = ids_in_sample("relations");
    assert!(
        relations.len() > 900
            && relations.iter().all(|id| atlas.state.links().get(id).is_some_and(|l| l.link.is_some()))
    );
    assert!(ids_in_sample("entities").iter().all(|id| atlas.state.items().get(id).is_some_and(|i| i.kind.is_some())));
    assert!(
        ids_in_sample("sources").iter().all(|id| atlas.state.sources().get(id).is_some_and(|s| s.source.is_some()))
    );
    let figure = atlas.state.property_number("figure").unwrap();
    let figures: usize = atlas.state.items().iter().map(|(_, i)| i.body.live(figure).count()).sum();
    assert_eq!(figures, ids_in_sample("figures").len());
    assert_eq!(atlas.state.terms().len(), ids_in_sample("glossary").len());
}

proptest! {
    #[test]
    fn no_text_makes_an_importer_panic(table in 0..6usize, rows in proptest::collection::vec("[a-zé:#|;,~\"\n\r0-9./ -]{0,60}", 0..4)) {
        let headers = [
            HEADER,
            "id,kind,name,name_zh,aliases,country,city,parent,description,sources,collective,identifiers\n",
            "id,title,publisher,published_on,language,kind,reports_on,url,note\n",
            "id,name,name_zh,owners,supplier,status,rfs,landing_points,length_km,route_accuracy,sources\n",
            "id,statement,value,unit,as_of,about,source\n",
            "term,term_zh,definition,category\n",
        ];
        let mut files = folder(ROW);
        files.push(file("x/y/sample/tiny/more.csv", &format!("{}{}", headers[table], rows.join("\n"))));
        Atlas::default().import(&files);
    }
}
