/**
 * The published fields of the Sheets API v4 messages that the workbook understands, from the discovery document.
 *
 * Notation: `name:type`, where a type is i (int32), n (number), s (string), b (boolean), F (field mask), * (any value),
 * #Enum, Message, [type (list) or {type (map by string).
 */

export const ENUMS: Readonly<Record<string, string>> = {
  Dimension: 'DIMENSION_UNSPECIFIED ROWS COLUMNS',
  ConditionType:
    'CONDITION_TYPE_UNSPECIFIED NUMBER_GREATER NUMBER_GREATER_THAN_EQ NUMBER_LESS NUMBER_LESS_THAN_EQ NUMBER_EQ ' +
    'NUMBER_NOT_EQ NUMBER_BETWEEN NUMBER_NOT_BETWEEN TEXT_CONTAINS TEXT_NOT_CONTAINS TEXT_STARTS_WITH TEXT_ENDS_WITH ' +
    'TEXT_EQ TEXT_IS_EMAIL TEXT_IS_URL DATE_EQ DATE_BEFORE DATE_AFTER DATE_ON_OR_BEFORE DATE_ON_OR_AFTER ' +
    'DATE_BETWEEN DATE_NOT_BETWEEN DATE_IS_VALID ONE_OF_RANGE ONE_OF_LIST BLANK NOT_BLANK CUSTOM_FORMULA BOOLEAN ' +
    'TEXT_NOT_EQ ' +
    'DATE_NOT_EQ FILTER_EXPRESSION',
  RelativeDate: 'RELATIVE_DATE_UNSPECIFIED PAST_YEAR PAST_MONTH PAST_WEEK YESTERDAY TODAY TOMORROW',
  BorderStyle: 'STYLE_UNSPECIFIED DOTTED DASHED SOLID SOLID_MEDIUM SOLID_THICK NONE DOUBLE',
  HorizontalAlign: 'HORIZONTAL_ALIGN_UNSPECIFIED LEFT CENTER RIGHT',
  VerticalAlign: 'VERTICAL_ALIGN_UNSPECIFIED TOP MIDDLE BOTTOM',
  WrapStrategy: 'WRAP_STRATEGY_UNSPECIFIED OVERFLOW_CELL LEGACY_WRAP CLIP WRAP',
  HyperlinkDisplay: 'HYPERLINK_DISPLAY_TYPE_UNSPECIFIED LINKED PLAIN_TEXT',
  TextDirection: 'TEXT_DIRECTION_UNSPECIFIED LEFT_TO_RIGHT RIGHT_TO_LEFT',
  NumberFormatType: 'NUMBER_FORMAT_TYPE_UNSPECIFIED TEXT NUMBER PERCENT CURRENCY DATE TIME DATE_TIME SCIENTIFIC',
  ThemeColor: 'THEME_COLOR_TYPE_UNSPECIFIED TEXT BACKGROUND ACCENT1 ACCENT2 ACCENT3 ACCENT4 ACCENT5 ACCENT6 LINK',
  ErrorType: 'ERROR_TYPE_UNSPECIFIED ERROR NULL_VALUE DIVIDE_BY_ZERO VALUE REF NAME NUM N_A LOADING',
  PointType: 'INTERPOLATION_POINT_TYPE_UNSPECIFIED MIN MAX NUMBER PERCENT PERCENTILE',
  MergeType: 'MERGE_ALL MERGE_COLUMNS MERGE_ROWS',
  SortOrder: 'SORT_ORDER_UNSPECIFIED ASCENDING DESCENDING',
  SheetType: 'SHEET_TYPE_UNSPECIFIED GRID OBJECT DATA_SOURCE',
  Recalc: 'RECALCULATION_INTERVAL_UNSPECIFIED ON_CHANGE MINUTE HOUR',
  Visibility: 'DEVELOPER_METADATA_VISIBILITY_UNSPECIFIED DOCUMENT PROJECT',
  LocationType: 'DEVELOPER_METADATA_LOCATION_TYPE_UNSPECIFIED ROW COLUMN SHEET SPREADSHEET',
  ValueInput: 'INPUT_VALUE_OPTION_UNSPECIFIED RAW USER_ENTERED',
  ValueRender: 'FORMATTED_VALUE UNFORMATTED_VALUE FORMULA',
  DateRender: 'SERIAL_NUMBER FORMATTED_STRING',
  ChartType: 'BASIC_CHART_TYPE_UNSPECIFIED BAR LINE AREA COLUMN SCATTER COMBO STEPPED_AREA',
  Legend:
    'BASIC_CHART_LEGEND_POSITION_UNSPECIFIED BOTTOM_LEGEND LEFT_LEGEND RIGHT_LEGEND TOP_LEGEND NO_LEGEND INSIDE_LEGEND',
  PieLegend:
    'PIE_CHART_LEGEND_POSITION_UNSPECIFIED BOTTOM_LEGEND LEFT_LEGEND RIGHT_LEGEND TOP_LEGEND NO_LEGEND LABELED_LEGEND',
  AxisPosition: 'BASIC_CHART_AXIS_POSITION_UNSPECIFIED BOTTOM_AXIS LEFT_AXIS RIGHT_AXIS',
  Stacked: 'BASIC_CHART_STACKED_TYPE_UNSPECIFIED NOT_STACKED STACKED PERCENT_STACKED',
  Compare: 'BASIC_CHART_COMPARE_MODE_UNSPECIFIED DATUM CATEGORY',
  HiddenStrategy:
    'CHART_HIDDEN_DIMENSION_STRATEGY_UNSPECIFIED SKIP_HIDDEN_ROWS_AND_COLUMNS SKIP_HIDDEN_ROWS ' +
    'SKIP_HIDDEN_COLUMNS SHOW_ALL',
  LineType: 'LINE_DASH_TYPE_UNSPECIFIED INVISIBLE CUSTOM SOLID DOTTED MEDIUM_DASHED MEDIUM_DASHED_DOTTED LONG_DASHED',
  Aggregate: 'CHART_AGGREGATE_TYPE_UNSPECIFIED AVERAGE COUNT MAX MEDIAN MIN SUM',
};

export const MESSAGES: Readonly<Record<string, string>> = {
  BatchUpdate:
    'requests:[Request includeSpreadsheetInResponse:b responseIncludeGridData:b responseRanges:[s commentsViewMode:s',
  ValueRange: 'range:s majorDimension:#Dimension values:[[*',
  BatchUpdateValues:
    'valueInputOption:#ValueInput data:[ValueRange includeValuesInResponse:b responseValueRenderOption:#ValueRender ' +
    'responseDateTimeRenderOption:#DateRender',
  BatchClear: 'ranges:[s',
  Clear: '',

  Request:
    'addBanding:AddBanding addChart:AddChart addConditionalFormatRule:AddConditionalFormatRule ' +
    'addFilterView:AddFilterView addNamedRange:AddNamedRange addProtectedRange:AddProtectedRange addSheet:AddSheet ' +
    'appendCells:AppendCells appendDimension:AppendDimension autoResizeDimensions:AutoResizeDimensions ' +
    'clearBasicFilter:ClearBasicFilter createDeveloperMetadata:CreateDeveloperMetadata deleteBanding:DeleteBanding ' +
    'deleteConditionalFormatRule:DeleteConditionalFormatRule deleteDeveloperMetadata:DeleteDeveloperMetadata ' +
    'deleteDimension:DeleteDimension deleteEmbeddedObject:DeleteEmbeddedObject deleteFilterView:DeleteFilterView ' +
    'deleteNamedRange:DeleteNamedRange deleteProtectedRange:DeleteProtectedRange deleteSheet:DeleteSheet ' +
    'duplicateSheet:DuplicateSheet insertDimension:InsertDimension mergeCells:MergeCells ' +
    'moveDimension:MoveDimension repeatCell:RepeatCell setBasicFilter:SetBasicFilter ' +
    'setDataValidation:SetDataValidation sortRange:SortRange unmergeCells:UnmergeCells updateBorders:UpdateBorders ' +
    'updateCells:UpdateCells updateChartSpec:UpdateChartSpec ' +
    'updateConditionalFormatRule:UpdateConditionalFormatRule ' +
    'updateDimensionProperties:UpdateDimensionProperties ' +
    'updateEmbeddedObjectPosition:UpdateEmbeddedObjectPosition updateProtectedRange:UpdateProtectedRange ' +
    'updateSheetProperties:UpdateSheetProperties updateSpreadsheetProperties:UpdateSpreadsheetProperties ' +
    // Kinds that Google has and the workbook refuses by name (requests.ts); their bodies are not looked at.
    'addDataSource:* addDimensionGroup:* addSlicer:* addTable:* autoFill:* cancelDataSourceRefresh:* copyPaste:* ' +
    'cutPaste:* deleteDataSource:* deleteDimensionGroup:* deleteDuplicates:* deleteRange:* deleteTable:* ' +
    'duplicateFilterView:* findReplace:* insertRange:* pasteData:* randomizeRange:* refreshDataSource:* ' +
    'textToColumns:* trimWhitespace:* updateBanding:* updateDataSource:* updateDeveloperMetadata:* ' +
    'updateDimensionGroup:* updateEmbeddedObjectBorder:* updateFilterView:* updateNamedRange:* updateSlicerSpec:* ' +
    'updateTable:*',

  AddBanding: 'bandedRange:BandedRange',
  AddChart: 'chart:EmbeddedChart',
  AddConditionalFormatRule: 'rule:ConditionalFormatRule index:i',
  AddFilterView: 'filter:FilterView',
  AddNamedRange: 'namedRange:NamedRange',
  AddProtectedRange: 'protectedRange:ProtectedRange',
  AddSheet: 'properties:SheetProperties',
  AppendCells: 'sheetId:i rows:[RowData fields:F tableId:s',
  AppendDimension: 'sheetId:i dimension:#Dimension length:i',
  AutoResizeDimensions: 'dimensions:DimensionRange',
  ClearBasicFilter: 'sheetId:i',
  CreateDeveloperMetadata: 'developerMetadata:DeveloperMetadata',
  DeleteBanding: 'bandedRangeId:i',
  DeleteConditionalFormatRule: 'sheetId:i index:i',
  DeleteDeveloperMetadata: 'dataFilter:DataFilter',
  DeleteDimension: 'range:DimensionRange',
  DeleteEmbeddedObject: 'objectId:i',
  DeleteFilterView: 'filterId:i',
  DeleteNamedRange: 'namedRangeId:s',
  DeleteProtectedRange: 'protectedRangeId:i',
  DeleteSheet: 'sheetId:i',
  DuplicateSheet: 'sourceSheetId:i insertSheetIndex:i newSheetId:i newSheetName:s',
  InsertDimension: 'range:DimensionRange inheritFromBefore:b',
  MergeCells: 'range:GridRange mergeType:#MergeType',
  MoveDimension: 'source:DimensionRange destinationIndex:i',
  RepeatCell: 'range:GridRange cell:CellData fields:F',
  SetBasicFilter: 'filter:BasicFilter',
  SetDataValidation: 'range:GridRange rule:DataValidationRule filteredRowsIncluded:b',
  SortRange: 'range:GridRange sortSpecs:[SortSpec',
  UnmergeCells: 'range:GridRange',
  UpdateBorders:
    'range:GridRange top:Border bottom:Border left:Border right:Border innerHorizontal:Border innerVertical:Border',
  UpdateCells: 'rows:[RowData fields:F start:GridCoordinate range:GridRange',
  UpdateChartSpec: 'chartId:i spec:ChartSpec',
  UpdateConditionalFormatRule: 'index:i sheetId:i rule:ConditionalFormatRule newIndex:i',
  UpdateDimensionProperties: 'range:DimensionRange properties:DimensionProperties fields:F',
  UpdateEmbeddedObjectPosition: 'objectId:i newPosition:EmbeddedObjectPosition fields:F',
  UpdateProtectedRange: 'protectedRange:ProtectedRange fields:F',
  UpdateSheetProperties: 'properties:SheetProperties fields:F',
  UpdateSpreadsheetProperties: 'properties:SpreadsheetProperties fields:F',

  BatchUpdateAnswer: 'spreadsheetId:s replies:[* updatedSpreadsheet:Spreadsheet',
  BatchGetAnswer: 'spreadsheetId:s valueRanges:[ValueRange',
  UpdateValuesAnswer:
    'spreadsheetId:s updatedRange:s updatedRows:i updatedColumns:i updatedCells:i updatedData:ValueRange',
  BatchUpdateValuesAnswer:
    'spreadsheetId:s totalUpdatedRows:i totalUpdatedColumns:i totalUpdatedCells:i totalUpdatedSheets:i ' +
    'responses:[UpdateValuesAnswer',
  AppendValuesAnswer: 'spreadsheetId:s tableRange:s updates:UpdateValuesAnswer',
  ClearAnswer: 'spreadsheetId:s clearedRange:s',
  BatchClearAnswer: 'spreadsheetId:s clearedRanges:[s',

  Spreadsheet:
    'spreadsheetId:s properties:SpreadsheetProperties sheets:[Sheet namedRanges:[NamedRange spreadsheetUrl:s ' +
    'developerMetadata:[DeveloperMetadata dataSources:[* dataSourceSchedules:[*',
  SpreadsheetProperties:
    'title:s locale:s autoRecalc:#Recalc timeZone:s defaultFormat:CellFormat iterativeCalculationSettings:Iterative ' +
    'spreadsheetTheme:* importFunctionsExternalUrlAccessAllowed:b',
  Iterative: 'maxIterations:i convergenceThreshold:n',
  Sheet:
    'properties:SheetProperties data:[GridData merges:[GridRange conditionalFormats:[ConditionalFormatRule ' +
    'filterViews:[FilterView protectedRanges:[ProtectedRange basicFilter:BasicFilter charts:[EmbeddedChart ' +
    'bandedRanges:[BandedRange developerMetadata:[DeveloperMetadata rowGroups:[* columnGroups:[* slicers:[* tables:[*',
  SheetProperties:
    'sheetId:i title:s index:i sheetType:#SheetType gridProperties:GridProperties hidden:b tabColor:Color ' +
    'tabColorStyle:ColorStyle rightToLeft:b',
  GridProperties:
    'rowCount:i columnCount:i frozenRowCount:i frozenColumnCount:i hideGridlines:b rowGroupControlAfter:b ' +
    'columnGroupControlAfter:b',
  GridData:
    'startRow:i startColumn:i rowData:[RowData rowMetadata:[DimensionProperties columnMetadata:[DimensionProperties',
  RowData: 'values:[CellData',
  CellData:
    'userEnteredValue:ExtendedValue effectiveValue:ExtendedValue formattedValue:s userEnteredFormat:CellFormat ' +
    'effectiveFormat:CellFormat hyperlink:s note:s textFormatRuns:[TextFormatRun dataValidation:DataValidationRule',
  ExtendedValue: 'numberValue:n stringValue:s boolValue:b formulaValue:s errorValue:ErrorValue',
  ErrorValue: 'type:#ErrorType message:s',
  CellFormat:
    'numberFormat:NumberFormat backgroundColor:Color backgroundColorStyle:ColorStyle borders:Borders padding:Padding ' +
    'horizontalAlignment:#HorizontalAlign verticalAlignment:#VerticalAlign wrapStrategy:#WrapStrategy ' +
    'textDirection:#TextDirection textFormat:TextFormat hyperlinkDisplayType:#HyperlinkDisplay ' +
    'textRotation:TextRotation',
  NumberFormat: 'type:#NumberFormatType pattern:s',
  Color: 'red:n green:n blue:n alpha:n',
  ColorStyle: 'rgbColor:Color themeColor:#ThemeColor',
  Borders: 'top:Border bottom:Border left:Border right:Border',
  Border: 'style:#BorderStyle width:i color:Color colorStyle:ColorStyle',
  Padding: 'top:i right:i bottom:i left:i',
  TextFormat:
    'foregroundColor:Color foregroundColorStyle:ColorStyle fontFamily:s fontSize:i bold:b italic:b strikethrough:b ' +
    'underline:b link:Link',
  Link: 'uri:s',
  TextRotation: 'angle:i vertical:b',
  TextFormatRun: 'startIndex:i format:TextFormat',
  DataValidationRule: 'condition:BooleanCondition inputMessage:s strict:b showCustomUi:b',
  BooleanCondition: 'type:#ConditionType values:[ConditionValue',
  ConditionValue: 'relativeDate:#RelativeDate userEnteredValue:s',
  ConditionalFormatRule: 'ranges:[GridRange booleanRule:BooleanRule gradientRule:GradientRule',
  BooleanRule: 'condition:BooleanCondition format:CellFormat',
  GradientRule: 'minpoint:InterpolationPoint midpoint:InterpolationPoint maxpoint:InterpolationPoint',
  InterpolationPoint: 'color:Color colorStyle:ColorStyle type:#PointType value:s',
  GridRange: 'sheetId:i startRowIndex:i endRowIndex:i startColumnIndex:i endColumnIndex:i',
  GridCoordinate: 'sheetId:i rowIndex:i columnIndex:i',
  DimensionRange: 'sheetId:i dimension:#Dimension startIndex:i endIndex:i',
  DimensionProperties:
    'hiddenByFilter:b hiddenByUser:b pixelSize:i developerMetadata:[DeveloperMetadata dataSourceColumnReference:*',
  ProtectedRange:
    'protectedRangeId:i range:GridRange namedRangeId:s tableId:s description:s warningOnly:b requestingUserCanEdit:b ' +
    'unprotectedRanges:[GridRange editors:Editors',
  Editors: 'users:[s groups:[s domainUsersCanEdit:b',
  BasicFilter: 'range:GridRange sortSpecs:[SortSpec criteria:{FilterCriteria filterSpecs:[FilterSpec tableId:s',
  FilterView:
    'filterViewId:i title:s range:GridRange namedRangeId:s sortSpecs:[SortSpec criteria:{FilterCriteria ' +
    'filterSpecs:[FilterSpec tableId:s',
  FilterSpec: 'columnIndex:i filterCriteria:FilterCriteria',
  FilterCriteria:
    'hiddenValues:[s condition:BooleanCondition visibleBackgroundColor:Color ' +
    'visibleBackgroundColorStyle:ColorStyle visibleForegroundColor:Color visibleForegroundColorStyle:ColorStyle',
  SortSpec:
    'dimensionIndex:i sortOrder:#SortOrder foregroundColor:Color foregroundColorStyle:ColorStyle ' +
    'backgroundColor:Color backgroundColorStyle:ColorStyle',
  NamedRange: 'namedRangeId:s name:s range:GridRange',
  BandedRange:
    'bandedRangeId:i range:GridRange rowProperties:BandingProperties columnProperties:BandingProperties ' +
    'bandedRangeReference:s',
  BandingProperties:
    'headerColor:Color headerColorStyle:ColorStyle firstBandColor:Color firstBandColorStyle:ColorStyle ' +
    'secondBandColor:Color secondBandColorStyle:ColorStyle footerColor:Color footerColorStyle:ColorStyle',
  DeveloperMetadata: 'metadataId:i metadataKey:s metadataValue:s location:Location visibility:#Visibility',
  Location: 'locationType:#LocationType spreadsheet:b sheetId:i dimensionRange:DimensionRange',
  DataFilter: 'developerMetadataLookup:Lookup a1Range:s gridRange:GridRange',
  Lookup:
    'locationType:#LocationType metadataLocation:Location locationMatchingStrategy:s metadataId:i metadataKey:s ' +
    'metadataValue:s visibility:#Visibility',
  EmbeddedChart: 'chartId:i spec:ChartSpec position:EmbeddedObjectPosition border:ObjectBorder',
  ObjectBorder: 'color:Color colorStyle:ColorStyle',
  EmbeddedObjectPosition: 'sheetId:i overlayPosition:OverlayPosition newSheet:b',
  OverlayPosition: 'anchorCell:GridCoordinate offsetXPixels:i offsetYPixels:i widthPixels:i heightPixels:i',
  ChartSpec:
    'title:s altText:s titleTextFormat:TextFormat titleTextPosition:TextPosition subtitle:s ' +
    'subtitleTextFormat:TextFormat subtitleTextPosition:TextPosition fontName:s maximized:b backgroundColor:Color ' +
    'backgroundColorStyle:ColorStyle hiddenDimensionStrategy:#HiddenStrategy basicChart:BasicChart pieChart:PieChart ' +
    'scorecardChart:Scorecard bubbleChart:* candlestickChart:* histogramChart:* orgChart:* treemapChart:* ' +
    'waterfallChart:*',
  TextPosition: 'horizontalAlignment:#HorizontalAlign',
  BasicChart:
    'chartType:#ChartType legendPosition:#Legend axis:[ChartAxis domains:[ChartDomain series:[ChartSeries ' +
    'headerCount:i threeDimensional:b interpolateNulls:b stackedType:#Stacked lineSmoothing:b compareMode:#Compare ' +
    'totalDataLabel:*',
  ChartAxis:
    'position:#AxisPosition title:s format:TextFormat titleTextPosition:TextPosition viewWindowOptions:ViewWindow',
  ViewWindow: 'viewWindowMin:n viewWindowMax:n viewWindowMode:s',
  ChartDomain: 'domain:ChartData reversed:b',
  ChartSeries:
    'series:ChartData targetAxis:#AxisPosition type:#ChartType lineStyle:LineStyle dataLabel:* color:Color ' +
    'colorStyle:ColorStyle pointStyle:* styleOverrides:[*',
  LineStyle: 'width:i type:#LineType',
  ChartData: 'sourceRange:ChartSource groupRule:* aggregateType:#Aggregate',
  ChartSource: 'sources:[GridRange',
  PieChart: 'legendPosition:#PieLegend domain:ChartData series:ChartData threeDimensional:b pieHole:n',
  Scorecard:
    'keyValueData:ChartData baselineValueData:ChartData aggregateType:#Aggregate keyValueFormat:* ' +
    'baselineValueFormat:* scaleFactor:n numberFormatSource:s customFormatOptions:*',
};
