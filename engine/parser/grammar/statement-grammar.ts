/**
 * Statements. Those that Marea runs are written out; every other one is known by the words it begins with and skipped to its end, so that it is refused
 * by its name. What may follow an expression is written out even there: where a syntax error is reported depends on it.
 */
export const statementGrammar = `
wholeStatement : statement ';'* EOF ;
statement
  : query #query
  | EXPLAIN (EXTENDED | FORMATTED | COST | CODEGEN | LOGICAL)? statement #explain
  | viewHead (AS query | viewOption .*?) #createView
  | tableHead ((AS? query)? | tableOption .*?) #createTable
  | DROP TABLE (IF EXISTS)? tableReference PURGE? #dropTable
  | DROP VIEW (IF EXISTS)? tableReference #dropView
  | withClause? INSERT (INTO | OVERWRITE) TABLE? tableReference nameList? query #insert
  | withClause? INSERT INTO TABLE? tableReference REPLACE where query #replaceWhere
  | SHOW TABLES ((FROM | IN) tableReference)? (LIKE? string)? #showTables
  | SHOW (DATABASES | NAMESPACES | SCHEMAS) (LIKE? string)? #showDatabases
  | (DESC | DESCRIBE) TABLE? (EXTENDED | FORMATTED)? tableReference dottedWords? #describeTable
  | (DESC | DESCRIBE) QUERY? query #describeQuery
  | SHOW word? FUNCTIONS ((FROM | IN) tableReference)? (LIKE? (dottedName | string))? #showFunctions
  | CACHE LAZY? TABLE tableReference (AS? query)? #cacheTable
  | UNCACHE TABLE (IF EXISTS)? tableReference #uncacheTable
  | CLEAR CACHE #clearCache
  | REFRESH TABLE tableReference #refreshTable
  | SET TIME ZONE (string | LOCAL) #setTimeZone
  | SET .*? #set
  | RESET .*? #reset
  | refusedBySpark .*? #refusedBySpark
  | otherStatement .*? #other ;

viewHead : CREATE (OR REPLACE)? (GLOBAL? TEMPORARY)? VIEW (IF NOT EXISTS)? tableReference ('(' viewColumn (',' viewColumn)* ')')? comment? ;
viewColumn : word comment? ;
viewOption : PARTITIONED ON | TBLPROPERTIES ;
tableHead : CREATE TABLE (IF NOT EXISTS)? tableReference ('(' tableColumns ')')? (USING dottedName)? ;
tableOption : OPTIONS | PARTITIONED | CLUSTERED | SKEWED | ROW | STORED | LOCATION | COMMENT | TBLPROPERTIES | LIKE ;
tableColumns : tableColumn (',' tableColumn)* ;
tableColumn : name dataType columnOption* ;
columnOption : NOT NULL | comment | DEFAULT expression #computed | GENERATED ALWAYS AS '(' expression ')' #computed ;

database : DATABASE | SCHEMA | NAMESPACE ;
refusedBySpark
  : (CREATE | DROP) ROLE | (GRANT | REVOKE) ROLE? | (CREATE | DROP) TEMPORARY MACRO | ALTER INDEX | (EXPORT | IMPORT) TABLE
  | (LOCK | UNLOCK) (TABLE | DATABASE) | START TRANSACTION | COMMIT | ROLLBACK | DFS
  | SHOW (GRANT | ROLE GRANT? | ROLES | CURRENT ROLES | PRINCIPALS | COMPACTIONS | TRANSACTIONS | INDEXES | LOCKS) ;
otherStatement
  : ALTER (TABLE | VIEW | database) | ANALYZE (TABLE | TABLES) | COMMENT ON (TABLE | database) | TRUNCATE TABLE | MSCK? REPAIR TABLE
  | CREATE database | CREATE (OR REPLACE)? TEMPORARY? FUNCTION | CREATE INDEX | (CREATE OR)? REPLACE TABLE
  | CREATE (EXTERNAL | TEMPORARY EXTERNAL?) TABLE
  | CREATE (OR REPLACE)? GLOBAL? TEMPORARY VIEW tableReference ('(' columns ')')? USING
  | DROP (database | TEMPORARY? FUNCTION | INDEX)
  | withClause? (DELETE FROM | UPDATE | MERGE INTO)
  | withClause? from INSERT (INTO | OVERWRITE)
  | withClause? INSERT (INTO | OVERWRITE) TABLE? tableReference (PARTITION | IF NOT | BY NAME)
  | withClause? INSERT OVERWRITE LOCAL? DIRECTORY
  | LOAD DATA | (ADD | LIST) word | USE | CACHE LAZY? TABLE tableReference OPTIONS | REFRESH FUNCTION?
  | SHOW (TABLE EXTENDED | TBLPROPERTIES | COLUMNS | VIEWS | PARTITIONS | CREATE TABLE | CURRENT database | CATALOGS)
  | SHOW (DATABASES | NAMESPACES | SCHEMAS) (FROM | IN)
  | (DESC | DESCRIBE) (FUNCTION | database EXTENDED? tableReference)
  | (DESC | DESCRIBE) TABLE? (EXTENDED | FORMATTED)? tableReference PARTITION '(' ;
`;
