// Generated from src/api/resources by npm run generate.

/** A file that contains none of these words contains no call of a known resource. */
export const knownWords = /(?:c(?:ustomer(?:Customer|\.|Group|_(?:group\.|address\.)|Address)|ore_(?:store\.|ma(?:ho\.|gento\.))|a(?:talog(?:InventoryStockItem|inventory_stock_item\.|Category|_(?:category(?:\.|_attribute\.)|product(?:\.|_(?:attribute(?:\.|_(?:media\.|set\.|tier_price\.))|custom_option(?:\.|_value\.)|downloadable_link\.|link\.|t(?:ag\.|ype\.))))|Product)|rt_(?:p(?:roduct\.|ayment\.)|c(?:ustomer\.|oupon\.)|shipping\.)))|s(?:hoppingCart|ales(?:Order|_order(?:\.|_(?:creditmemo\.|invoice\.|shipment\.))))|giftMessage|blog(?:Post|_post\.)|directory(?:Country|_(?:country\.|region\.)|Region))|SoapClient|'soap'|"soap"/;
