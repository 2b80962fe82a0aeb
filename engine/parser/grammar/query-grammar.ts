/** Queries of Spark 3.5's SQL. */
export const queryGrammar = `
query : ctes? queryTerm queryOrganization ;
ctes : WITH namedQuery (',' namedQuery)* ;
namedQuery : errorCapturingIdentifier identifierList? AS? '(' query ')' ;
queryOrganization
  : (ORDER BY sortItem (',' sortItem)*)? (CLUSTER BY expression (',' expression)*)? (DISTRIBUTE BY expression (',' expression)*)?
      (SORT BY sortItem (',' sortItem)*)? windowClause? (LIMIT (ALL | expression))? (OFFSET expression)? ;
queryTerm
  : queryPrimary #primary
  | queryTerm INTERSECT setQuantifier? queryTerm #setOperation
  | queryTerm (EXCEPT | MINUS | UNION) setQuantifier? queryTerm #setOperation ;
queryPrimary
  : querySpecification #select
  | fromStatement #from
  | TABLE identifierReference #table
  | inlineTable #values
  | '(' query ')' #parenthesized ;
fromStatement : fromClause fromStatementBody+ ;
fromStatementBody
  : transformClause whereClause? queryOrganization #transform
  | selectClause lateralView* whereClause? aggregationClause? havingClause? windowClause? queryOrganization #select ;
querySpecification
  : transformClause fromClause? lateralView* whereClause? aggregationClause? havingClause? windowClause? #transform
  | selectClause fromClause? lateralView* whereClause? aggregationClause? havingClause? windowClause? #select ;
transformClause
  : (SELECT TRANSFORM '(' setQuantifier? expressionSeq ')' | MAP setQuantifier? expressionSeq | REDUCE setQuantifier? expressionSeq) rowFormat?
      (RECORDWRITER stringLit)? USING stringLit (AS (identifierSeq | colTypeList | '(' (identifierSeq | colTypeList) ')'))? rowFormat?
      (RECORDREADER stringLit)? ;
selectClause : SELECT hint* setQuantifier? namedExpressionSeq ;
whereClause : WHERE booleanExpression ;
havingClause : HAVING booleanExpression ;
hint : '/*+' hintStatement (','? hintStatement)* '*/' ;
hintStatement : identifier | identifier '(' primaryExpression (',' primaryExpression)* ')' ;
fromClause : FROM relation (',' relation)* lateralView* pivotClause? unpivotClause? ;
temporalClause
  : FOR? (SYSTEM_VERSION | VERSION) AS OF version | FOR? (SYSTEM_TIME | TIMESTAMP) AS OF valueExpression ;
version : INTEGER_VALUE | stringLit ;
aggregationClause
  : GROUP BY groupByClause (',' groupByClause)* #groupBy
  | GROUP BY expression (',' expression)* (WITH ROLLUP | WITH CUBE | GROUPING SETS '(' groupingSet (',' groupingSet)* ')')? #groupByWith ;
groupByClause : groupingAnalytics | expression ;
groupingAnalytics
  : (CUBE | ROLLUP) '(' groupingSet (',' groupingSet)* ')' | GROUPING SETS '(' groupingElement (',' groupingElement)* ')' ;
groupingElement : groupingAnalytics | groupingSet ;
groupingSet : '(' (expression (',' expression)*)? ')' | expression ;
pivotClause : PIVOT '(' namedExpressionSeq FOR pivotColumn IN '(' pivotValue (',' pivotValue)* ')' ')' ;
pivotColumn : identifier | '(' identifier (',' identifier)* ')' ;
pivotValue : expression (AS? identifier)? ;
unpivotClause : UNPIVOT unpivotNullClause? '(' unpivotOperator ')' (AS? identifier)? ;
unpivotNullClause : (EXCLUDE | INCLUDE) NULLS ;
unpivotOperator : unpivotSingleValueColumnClause | unpivotMultiValueColumnClause ;
unpivotSingleValueColumnClause
  : unpivotValueColumn FOR unpivotNameColumn IN '(' unpivotColumnAndAlias (',' unpivotColumnAndAlias)* ')' ;
unpivotMultiValueColumnClause
  : '(' unpivotValueColumn (',' unpivotValueColumn)* ')' FOR unpivotNameColumn IN '(' unpivotColumnSet (',' unpivotColumnSet)* ')' ;
unpivotColumnSet : '(' unpivotColumn (',' unpivotColumn)* ')' unpivotAlias? ;
unpivotValueColumn : identifier ;
unpivotNameColumn : identifier ;
unpivotColumnAndAlias : unpivotColumn unpivotAlias? ;
unpivotColumn : multipartIdentifier ;
unpivotAlias : AS? identifier ;
lateralView
  : LATERAL VIEW OUTER? qualifiedName '(' (expression (',' expression)*)? ')' identifier (AS? identifier (',' identifier)*)? ;
relation : LATERAL? relationPrimary relationExtension* ;
relationExtension : joinRelation | pivotClause | unpivotClause ;
joinRelation
  : joinType JOIN LATERAL? relationPrimary joinCriteria? #join | NATURAL joinType JOIN LATERAL? relationPrimary #naturalJoin ;
joinType : INNER? | CROSS | LEFT OUTER? | LEFT? SEMI | RIGHT OUTER? | FULL OUTER? | LEFT? ANTI ;
joinCriteria : ON booleanExpression #on | USING identifierList #using ;
sample : TABLESAMPLE '(' sampleMethod? ')' (REPEATABLE '(' INTEGER_VALUE ')')? ;
sampleMethod
  : '-'? (INTEGER_VALUE | DECIMAL_VALUE) PERCENT
  | expression ROWS
  | BUCKET INTEGER_VALUE OUT OF INTEGER_VALUE (ON (identifier | qualifiedName '(' ')'))?
  | expression ;
relationPrimary
  : identifierReference temporalClause? sample? tableAlias #tableName
  | '(' query ')' sample? tableAlias #aliasedQuery
  | '(' relation ')' sample? tableAlias #aliasedRelation
  | inlineTable #values
  | functionTable #function ;
inlineTable : VALUES expression (',' expression)* tableAlias ;
functionTableSubqueryArgument : TABLE identifierReference | TABLE '(' identifierReference ')' | TABLE '(' query ')' ;
functionTableNamedArgumentExpression : identifier '=>' functionTableSubqueryArgument ;
functionTableReferenceArgument : functionTableSubqueryArgument | functionTableNamedArgumentExpression ;
functionTableArgument : functionTableReferenceArgument | functionArgument ;
functionTable : functionName '(' (functionTableArgument (',' functionTableArgument)*)? ')' tableAlias ;
tableAlias : (AS? strictIdentifier identifierList?)? ;
rowFormat
  : ROW FORMAT SERDE stringLit (WITH SERDEPROPERTIES propertyList)?
  | ROW FORMAT DELIMITED (FIELDS TERMINATED BY stringLit (ESCAPED BY stringLit)?)? (COLLECTION ITEMS TERMINATED BY stringLit)?
      (MAP KEYS TERMINATED BY stringLit)? (LINES TERMINATED BY stringLit)? (NULL DEFINED AS stringLit)? ;
windowClause : WINDOW namedWindow (',' namedWindow)* ;
namedWindow : errorCapturingIdentifier AS windowSpec ;
`;
