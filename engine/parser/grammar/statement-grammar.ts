/** Statements of Spark 3.5's SQL: all of them, so that one that Marea does not have is refused by name and a wrong one as Spark refuses it. */
export const statementGrammar = `
singleStatement : statement ';'* EOF ;
statement
  : query #query | ctes? dmlStatementNoWith #dml | USE identifierReference #use | USE namespace identifierReference #use
  | SET CATALOG (identifier | stringLit) #setQuotedConf
  | CREATE namespace (IF NOT EXISTS)? identifierReference (commentSpec | locationSpec | WITH (DBPROPERTIES | PROPERTIES) propertyList)*
  | ALTER namespace identifierReference SET (DBPROPERTIES | PROPERTIES) propertyList | ALTER namespace identifierReference SET locationSpec
  | DROP namespace (IF EXISTS)? identifierReference (CASCADE | RESTRICT)?
  | SHOW namespaces ((FROM | IN) multipartIdentifier)? (LIKE? stringLit)? #showNamespaces
  | createTableHeader ('(' createOrReplaceTableColTypeList ')')? tableProvider? createTableClauses (AS? query)? #createTable
  | CREATE TABLE (IF NOT EXISTS)? tableIdentifier LIKE tableIdentifier (tableProvider | rowFormat | createFileFormat | locationSpec |
      TBLPROPERTIES propertyList)* | replaceTableHeader ('(' createOrReplaceTableColTypeList ')')? tableProvider? createTableClauses (AS? query)?
  | ANALYZE TABLE identifierReference partitionSpec? COMPUTE STATISTICS (identifier | FOR COLUMNS identifierSeq | FOR ALL COLUMNS)?
  | ANALYZE TABLES ((FROM | IN) identifierReference)? COMPUTE STATISTICS identifier?
  | ALTER TABLE identifierReference ADD (COLUMN | COLUMNS) qualifiedColTypeWithPositionList
  | ALTER TABLE identifierReference ADD (COLUMN | COLUMNS) '(' qualifiedColTypeWithPositionList ')'
  | ALTER TABLE identifierReference RENAME COLUMN multipartIdentifier TO errorCapturingIdentifier
  | ALTER TABLE identifierReference DROP (COLUMN | COLUMNS) (IF EXISTS)? '(' multipartIdentifierList ')'
  | ALTER TABLE identifierReference DROP (COLUMN | COLUMNS) (IF EXISTS)? multipartIdentifierList
  | ALTER (TABLE | VIEW) identifierReference RENAME TO multipartIdentifier
  | ALTER (TABLE | VIEW) identifierReference SET TBLPROPERTIES propertyList
  | ALTER (TABLE | VIEW) identifierReference UNSET TBLPROPERTIES (IF EXISTS)? propertyList
  | ALTER TABLE identifierReference (ALTER | CHANGE) COLUMN? multipartIdentifier alterColumnAction?
  | ALTER TABLE identifierReference partitionSpec? CHANGE COLUMN? multipartIdentifier colType colPosition?
  | ALTER TABLE identifierReference partitionSpec? REPLACE COLUMNS '(' qualifiedColTypeWithPositionList ')'
  | ALTER TABLE identifierReference partitionSpec? SET SERDE stringLit (WITH SERDEPROPERTIES propertyList)?
  | ALTER TABLE identifierReference partitionSpec? SET SERDEPROPERTIES propertyList
  | ALTER (TABLE | VIEW) identifierReference ADD (IF NOT EXISTS)? partitionSpecLocation+
  | ALTER TABLE identifierReference partitionSpec RENAME TO partitionSpec
  | ALTER (TABLE | VIEW) identifierReference DROP (IF EXISTS)? partitionSpec (',' partitionSpec)* PURGE?
  | ALTER TABLE identifierReference partitionSpec? SET locationSpec | ALTER TABLE identifierReference RECOVER PARTITIONS
  | DROP TABLE (IF EXISTS)? identifierReference PURGE? #dropTable | DROP VIEW (IF EXISTS)? identifierReference #dropView
  | CREATE (OR REPLACE)? (GLOBAL? TEMPORARY)? VIEW (IF NOT EXISTS)? identifierReference identifierCommentList? (commentSpec | PARTITIONED ON
      identifierList | TBLPROPERTIES propertyList)* AS query #createView
  | CREATE (OR REPLACE)? GLOBAL? TEMPORARY VIEW tableIdentifier ('(' colTypeList ')')? tableProvider (OPTIONS propertyList)?
  | ALTER VIEW identifierReference AS? query
  | CREATE (OR REPLACE)? TEMPORARY? FUNCTION (IF NOT EXISTS)? identifierReference AS stringLit (USING resource (',' resource)*)?
  | DROP TEMPORARY? FUNCTION (IF EXISTS)? identifierReference | EXPLAIN (CODEGEN | COST | EXTENDED | FORMATTED | LOGICAL)? statement #explain
  | SHOW TABLES ((FROM | IN) identifierReference)? (LIKE? stringLit)? #showTables
  | SHOW TABLE EXTENDED ((FROM | IN) identifierReference)? LIKE stringLit partitionSpec?
  | SHOW TBLPROPERTIES identifierReference ('(' propertyKey ')')?
  | SHOW COLUMNS (FROM | IN) identifierReference ((FROM | IN) multipartIdentifier)? #showColumns
  | SHOW VIEWS ((FROM | IN) identifierReference)? (LIKE? stringLit)? | SHOW PARTITIONS identifierReference partitionSpec?
  | SHOW identifier? FUNCTIONS ((FROM | IN) identifierReference)? (LIKE? (multipartIdentifier | stringLit))?
  | SHOW CREATE TABLE identifierReference (AS SERDE)? | SHOW CURRENT namespace | SHOW CATALOGS (LIKE? stringLit)?
  | (DESC | DESCRIBE) FUNCTION EXTENDED? describeFuncName | (DESC | DESCRIBE) namespace EXTENDED? identifierReference
  | (DESC | DESCRIBE) TABLE? (EXTENDED | FORMATTED)? identifierReference partitionSpec? describeColName? #describeTable
  | (DESC | DESCRIBE) QUERY? query #describeQuery | COMMENT ON namespace identifierReference IS comment
  | COMMENT ON TABLE identifierReference IS comment | REFRESH TABLE identifierReference #refreshTable | REFRESH FUNCTION identifierReference
  | REFRESH (stringLit | .*?) | CACHE LAZY? TABLE identifierReference (OPTIONS propertyList)? (AS? query)? #cacheTable
  | UNCACHE TABLE (IF EXISTS)? identifierReference #uncacheTable | CLEAR CACHE #clearCache
  | LOAD DATA LOCAL? INPATH stringLit OVERWRITE? INTO TABLE identifierReference partitionSpec? | TRUNCATE TABLE identifierReference partitionSpec?
  | MSCK? REPAIR TABLE identifierReference ((ADD | DROP | SYNC) PARTITIONS)? | (ADD | LIST) identifier .*? | SET ROLE .*? #unsupported
  | SET TIME ZONE interval #setTimeZone | SET TIME ZONE timezone #setTimeZone | SET TIME ZONE .*? #setTimeZone
  | SET configKey '=' configValue #setQuotedConf | SET configKey ('=' .*?)? #setConf | SET .*? '=' configValue #setConf | SET .*? #setConf
  | RESET configKey #reset | RESET .*? #reset
  | CREATE INDEX (IF NOT EXISTS)? identifier ON TABLE? identifierReference (USING identifier)? '(' multipartIdentifierPropertyList ')' (OPTIONS
      propertyList)? | DROP INDEX (IF EXISTS)? identifier ON TABLE? identifierReference | unsupportedHiveNativeCommands .*? #unsupported ;
timezone : stringLit | LOCAL ;
configKey : quotedIdentifier ;
configValue : backQuotedIdentifier ;
unsupportedHiveNativeCommands
  : CREATE ROLE | DROP ROLE | GRANT ROLE? | REVOKE ROLE? | SHOW GRANT | SHOW ROLE GRANT? | SHOW PRINCIPALS | SHOW ROLES | SHOW CURRENT ROLES
  | EXPORT TABLE | IMPORT TABLE | SHOW COMPACTIONS | SHOW CREATE TABLE | SHOW TRANSACTIONS | SHOW INDEXES | SHOW LOCKS | CREATE INDEX | DROP INDEX
  | ALTER INDEX | LOCK TABLE | LOCK DATABASE | UNLOCK TABLE | UNLOCK DATABASE | CREATE TEMPORARY MACRO | DROP TEMPORARY MACRO
  | ALTER TABLE tableIdentifier NOT CLUSTERED | ALTER TABLE tableIdentifier CLUSTERED BY | ALTER TABLE tableIdentifier NOT SORTED
  | ALTER TABLE tableIdentifier SKEWED BY | ALTER TABLE tableIdentifier NOT SKEWED | ALTER TABLE tableIdentifier NOT STORED AS DIRECTORIES
  | ALTER TABLE tableIdentifier SET SKEWED LOCATION | ALTER TABLE tableIdentifier EXCHANGE PARTITION
  | ALTER TABLE tableIdentifier ARCHIVE PARTITION | ALTER TABLE tableIdentifier UNARCHIVE PARTITION | ALTER TABLE tableIdentifier TOUCH
  | ALTER TABLE tableIdentifier partitionSpec? COMPACT | ALTER TABLE tableIdentifier partitionSpec? CONCATENATE
  | ALTER TABLE tableIdentifier partitionSpec? SET FILEFORMAT | ALTER TABLE tableIdentifier partitionSpec? REPLACE COLUMNS | START TRANSACTION
  | COMMIT | ROLLBACK | DFS ;
createTableHeader : CREATE TEMPORARY? EXTERNAL? TABLE (IF NOT EXISTS)? identifierReference ;
replaceTableHeader : (CREATE OR)? REPLACE TABLE identifierReference ;
bucketSpec : CLUSTERED BY identifierList (SORTED BY orderedIdentifierList)? INTO INTEGER_VALUE BUCKETS ;
skewSpec : SKEWED BY identifierList ON (constantList | nestedConstantList) (STORED AS DIRECTORIES)? ;
locationSpec : LOCATION stringLit ;
insertInto
  : INSERT OVERWRITE TABLE? identifierReference (partitionSpec (IF NOT EXISTS)?)? (BY NAME | identifierList)? #insertOverwrite
  | INSERT INTO TABLE? identifierReference partitionSpec? (IF NOT EXISTS)? (BY NAME | identifierList)? #insertInto
  | INSERT INTO TABLE? identifierReference REPLACE whereClause | INSERT OVERWRITE LOCAL? DIRECTORY stringLit rowFormat? createFileFormat?
  | INSERT OVERWRITE LOCAL? DIRECTORY stringLit? tableProvider (OPTIONS propertyList)? ;
partitionSpecLocation : partitionSpec locationSpec? ;
partitionSpec : PARTITION '(' partitionVal (',' partitionVal)* ')' ;
partitionVal : identifier ('=' constant)? | identifier '=' DEFAULT ;
namespace : DATABASE | NAMESPACE | SCHEMA ;
namespaces : DATABASES | NAMESPACES | SCHEMAS ;
describeFuncName : identifierReference | stringLit | comparisonOperator | arithmeticOperator | predicateOperator ;
describeColName : identifier ('.' identifier)* ;
tableProvider : USING multipartIdentifier ;
createTableClauses
  : (OPTIONS expressionPropertyList | PARTITIONED BY partitionFieldList | skewSpec | bucketSpec | rowFormat | createFileFormat | locationSpec |
      commentSpec | TBLPROPERTIES propertyList)* ;
propertyList : '(' property (',' property)* ')' ;
property : propertyKey ('='? propertyValue)? ;
propertyKey : identifier ('.' identifier)* | stringLit ;
propertyValue : INTEGER_VALUE | DECIMAL_VALUE | booleanValue | stringLit ;
expressionPropertyList : '(' expressionProperty (',' expressionProperty)* ')' ;
expressionProperty : propertyKey ('='? expression)? ;
constantList : '(' constant (',' constant)* ')' ;
nestedConstantList : '(' constantList (',' constantList)* ')' ;
createFileFormat : STORED AS fileFormat | STORED BY storageHandler ;
fileFormat : INPUTFORMAT stringLit OUTPUTFORMAT stringLit | identifier ;
storageHandler : stringLit (WITH SERDEPROPERTIES propertyList)? ;
resource : identifier stringLit ;
dmlStatementNoWith
  : insertInto query #insert | fromClause multiInsertQueryBody+ #multiInsert | DELETE FROM identifierReference tableAlias whereClause? #delete
  | UPDATE identifierReference tableAlias setClause whereClause? #update
  | MERGE INTO identifierReference tableAlias USING (identifierReference | '(' query ')') tableAlias ON booleanExpression matchedClause*
      notMatchedClause* notMatchedBySourceClause* #merge ;
multiInsertQueryBody : insertInto fromStatementBody ;
setClause : SET assignmentList ;
matchedClause : WHEN MATCHED (AND booleanExpression)? THEN matchedAction ;
notMatchedClause : WHEN NOT MATCHED (BY TARGET)? (AND booleanExpression)? THEN notMatchedAction ;
notMatchedBySourceClause : WHEN NOT MATCHED BY SOURCE (AND booleanExpression)? THEN notMatchedBySourceAction ;
matchedAction : DELETE | UPDATE SET '*' | UPDATE SET assignmentList ;
notMatchedAction : INSERT '*' | INSERT '(' multipartIdentifierList ')' VALUES '(' expression (',' expression)* ')' ;
notMatchedBySourceAction : DELETE | UPDATE SET assignmentList ;
assignmentList : assignment (',' assignment)* ;
assignment : multipartIdentifier '=' expression ;
orderedIdentifierList : '(' orderedIdentifier (',' orderedIdentifier)* ')' ;
orderedIdentifier : errorCapturingIdentifier (ASC | DESC)? ;
identifierCommentList : '(' identifierComment (',' identifierComment)* ')' ;
identifierComment : identifier commentSpec? ;
multipartIdentifierPropertyList : multipartIdentifierProperty (',' multipartIdentifierProperty)* ;
multipartIdentifierProperty : multipartIdentifier (OPTIONS propertyList)? ;
partitionFieldList : '(' partitionField (',' partitionField)* ')' ;
partitionField : transform | colType ;
transform : qualifiedName | identifier '(' transformArgument (',' transformArgument)* ')' ;
transformArgument : qualifiedName | constant ;
colPosition : FIRST | AFTER errorCapturingIdentifier ;
qualifiedColTypeWithPositionList : qualifiedColTypeWithPosition (',' qualifiedColTypeWithPosition)* ;
qualifiedColTypeWithPosition : multipartIdentifier dataType colDefinitionDescriptorWithPosition* ;
colDefinitionDescriptorWithPosition : NOT NULL | defaultExpression | commentSpec | colPosition ;
defaultExpression : DEFAULT expression ;
createOrReplaceTableColTypeList : createOrReplaceTableColType (',' createOrReplaceTableColType)* ;
createOrReplaceTableColType : errorCapturingIdentifier dataType colDefinitionOption* ;
colDefinitionOption : NOT NULL | defaultExpression | generationExpression | commentSpec ;
generationExpression : GENERATED ALWAYS AS '(' expression ')' ;
alterColumnAction : TYPE dataType | commentSpec | colPosition | (DROP | SET) NOT NULL | SET defaultExpression | DROP DEFAULT ;
comment : stringLit | NULL ;
`;
